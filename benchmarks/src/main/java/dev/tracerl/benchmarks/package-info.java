/** JMH and end-to-end benchmarks. */
@NullMarked
package dev.tracerl.benchmarks;

import org.jspecify.annotations.NullMarked;
