/** The training step beside the published layout of the same work, in one run: time, memory and overhead. */
@NullMarked
package dev.tracerl.benchmarks.training;

import org.jspecify.annotations.NullMarked;
