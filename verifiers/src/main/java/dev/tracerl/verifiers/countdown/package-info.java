/** Countdown, reaching a target with given numbers and the four operations: judge, generator and the public test tasks. */
@NullMarked
package dev.tracerl.verifiers.countdown;

import org.jspecify.annotations.NullMarked;
