/** What the service counts and times. */
@NullMarked
package dev.tracerl.rollout.metrics;

import org.jspecify.annotations.NullMarked;
