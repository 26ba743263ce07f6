/** Reads published task files in the shapes they come in, and puts them on the log. */
@NullMarked
package dev.tracerl.ops.tasks;

import org.jspecify.annotations.NullMarked;
