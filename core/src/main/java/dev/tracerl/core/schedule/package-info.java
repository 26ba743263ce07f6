/**
 * Learning rate as a function of the optimizer step.
 */
@NullMarked
package dev.tracerl.core.schedule;

import org.jspecify.annotations.NullMarked;
