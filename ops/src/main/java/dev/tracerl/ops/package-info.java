/** The tracerl command line. */
@NullMarked
package dev.tracerl.ops;

import org.jspecify.annotations.NullMarked;
