/** Trajectories in, training groups out. */
@NullMarked
package dev.tracerl.reward;

import org.jspecify.annotations.NullMarked;
