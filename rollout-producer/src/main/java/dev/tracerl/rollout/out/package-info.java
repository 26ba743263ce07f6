/** Trajectories and dead letters out, acknowledged by the broker before anything counts as done. */
@NullMarked
package dev.tracerl.rollout.out;

import org.jspecify.annotations.NullMarked;
