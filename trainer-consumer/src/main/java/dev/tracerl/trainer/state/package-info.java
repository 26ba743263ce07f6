/** What a trainer must remember to continue after a crash, and the checkpoints that hold it. Knows nothing of Kafka. */
@NullMarked
package dev.tracerl.trainer.state;

import org.jspecify.annotations.NullMarked;
