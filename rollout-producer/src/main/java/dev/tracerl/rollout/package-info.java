/** Rollout requests and weights in, trajectories out. */
@NullMarked
package dev.tracerl.rollout;

import org.jspecify.annotations.NullMarked;
