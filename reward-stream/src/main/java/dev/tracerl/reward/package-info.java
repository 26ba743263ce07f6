/**
 * The service between rollouts and the trainer: it issues requests, judges what comes back, and hands on groups with
 * advantages. Everything it knows is on topics and in the stores of one Kafka Streams topology.
 */
@NullMarked
package dev.tracerl.reward;

import org.jspecify.annotations.NullMarked;
