/** What training leaves on the log: weights, steps and outcomes, written in transactions of one fenced producer. */
@NullMarked
package dev.tracerl.trainer.out;

import org.jspecify.annotations.NullMarked;
