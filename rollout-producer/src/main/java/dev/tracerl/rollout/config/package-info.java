/** The service's own configuration: infrastructure only; what to compute comes with the run. */
@NullMarked
package dev.tracerl.rollout.config;

import org.jspecify.annotations.NullMarked;
