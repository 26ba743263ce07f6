/** A command and the stack that it uses while it lasts. */
@NullMarked
package dev.tracerl.ops.session;

import org.jspecify.annotations.NullMarked;
