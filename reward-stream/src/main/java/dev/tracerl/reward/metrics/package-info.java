/** What the service counts. It must not decide anything. */
@NullMarked
package dev.tracerl.reward.metrics;

import org.jspecify.annotations.NullMarked;
