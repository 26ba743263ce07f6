/** Decides whether two answers are the same answer. */
@NullMarked
package dev.tracerl.verifiers.math.compare;

import org.jspecify.annotations.NullMarked;
