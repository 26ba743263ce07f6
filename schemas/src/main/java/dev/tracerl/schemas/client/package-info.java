/** Small Kafka clients that every service needs: connection settings, reading and following compacted topics. */
@NullMarked
package dev.tracerl.schemas.client;

import org.jspecify.annotations.NullMarked;
