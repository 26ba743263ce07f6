/** One training step: forward, backward, optimizer updates and their metrics. Knows nothing of Kafka. */
@NullMarked
package dev.tracerl.trainer.train;

import org.jspecify.annotations.NullMarked;
