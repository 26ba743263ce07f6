/** Follows the run's weights, verifies them and keeps the versions that are in use. */
@NullMarked
package dev.tracerl.rollout.weights;

import org.jspecify.annotations.NullMarked;
