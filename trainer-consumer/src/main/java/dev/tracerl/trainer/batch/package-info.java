/** From decoded responses to minibatches and micro-batches of packed examples. Plain Java; knows neither Kafka nor tensors. */
@NullMarked
package dev.tracerl.trainer.batch;

import org.jspecify.annotations.NullMarked;
