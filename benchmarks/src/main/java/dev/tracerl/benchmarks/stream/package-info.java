/** How fast trajectories go through the reward topology, beside a copy of the same records. */
@NullMarked
package dev.tracerl.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
