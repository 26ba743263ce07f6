/** Infrastructure configuration of the service; everything about a run comes with the run. */
@NullMarked
package dev.tracerl.reward.config;

import org.jspecify.annotations.NullMarked;
