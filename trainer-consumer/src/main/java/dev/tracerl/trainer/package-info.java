/** Training groups in, weights out. */
@NullMarked
package dev.tracerl.trainer;

import org.jspecify.annotations.NullMarked;
