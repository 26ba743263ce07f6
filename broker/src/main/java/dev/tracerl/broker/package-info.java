/**
 * A real single-node Kafka broker in this process and a real schema registry in a child process, for the local stack
 * and for tests. Knows nothing of the project's topics.
 */
@NullMarked
package dev.tracerl.broker;

import org.jspecify.annotations.NullMarked;
