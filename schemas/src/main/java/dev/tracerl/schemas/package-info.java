/**
 * The wire contract: topics, Avro records and their serdes. It knows Kafka and the registry, and nothing of what the
 * records are used for.
 */
@NullMarked
package dev.tracerl.schemas;

import org.jspecify.annotations.NullMarked;
