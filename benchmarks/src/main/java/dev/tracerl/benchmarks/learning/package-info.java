/** The whole learning loop in one JVM without Kafka, to tune recipes against the real kernels. */
@NullMarked
package dev.tracerl.benchmarks.learning;

import org.jspecify.annotations.NullMarked;
