/**
 * Compares variants of a run: the same warm-up, the same number of steps, several seeds; what is reported comes from the
 * records on the log.
 */
@NullMarked
package dev.tracerl.ops.experiment;

import org.jspecify.annotations.NullMarked;
