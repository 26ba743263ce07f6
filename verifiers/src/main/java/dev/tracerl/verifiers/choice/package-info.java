/** Judges the letter of a multiple-choice answer. */
@NullMarked
package dev.tracerl.verifiers.choice;

import org.jspecify.annotations.NullMarked;
