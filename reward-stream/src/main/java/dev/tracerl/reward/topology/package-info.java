/** The Kafka Streams topology: sources, doors, stores, the two nodes that do the work, and sinks. */
@NullMarked
package dev.tracerl.reward.topology;

import org.jspecify.annotations.NullMarked;
