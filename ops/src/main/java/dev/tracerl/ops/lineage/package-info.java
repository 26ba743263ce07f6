/** Where weights and trajectories come from: the chain of steps back to the base, over all runs. Reads the log only. */
@NullMarked
package dev.tracerl.ops.lineage;

import org.jspecify.annotations.NullMarked;
