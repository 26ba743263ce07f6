/** Judges mathematical answers: finds them, reads them, compares them by value. */
@NullMarked
package dev.tracerl.verifiers.math;

import org.jspecify.annotations.NullMarked;
