/** The algorithm on plain arrays and records; knows nothing of Kafka, Quarkus or tensors. */
@NullMarked
package dev.tracerl.core;

import org.jspecify.annotations.NullMarked;
