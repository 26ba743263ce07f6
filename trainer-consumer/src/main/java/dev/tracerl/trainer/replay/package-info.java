/** Trains recorded steps again from the log alone and compares. Writes nothing to the log. */
@NullMarked
package dev.tracerl.trainer.replay;

import org.jspecify.annotations.NullMarked;
