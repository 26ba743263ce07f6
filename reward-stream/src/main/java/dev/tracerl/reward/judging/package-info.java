/** Asking verifiers, and their findings in the words of the contract. */
@NullMarked
package dev.tracerl.reward.judging;

import org.jspecify.annotations.NullMarked;
