/**
 * What the rules of admission and grouping need of the world, so that they know neither Kafka nor a registry: books of
 * durable state, an outbox, a lookup of tasks.
 */
@NullMarked
package dev.tracerl.reward.port;

import org.jspecify.annotations.NullMarked;
