/** A single-node Kafka broker and a schema registry, started from Java. */
@NullMarked
package dev.tracerl.broker;

import org.jspecify.annotations.NullMarked;
