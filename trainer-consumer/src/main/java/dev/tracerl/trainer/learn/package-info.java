/** Opens what a run trains with: learner, critic and anchor. Knows nothing of steps on the log. */
@NullMarked
package dev.tracerl.trainer.learn;

import org.jspecify.annotations.NullMarked;
