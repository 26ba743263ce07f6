/** The training step on packed examples; knows nothing of where examples come from or when to stop. */
@NullMarked
package dev.tracerl.model.training;

import org.jspecify.annotations.NullMarked;
