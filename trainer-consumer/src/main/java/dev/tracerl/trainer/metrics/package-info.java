/** Meters of the trainer, by the names that dashboards and alerts use. */
@NullMarked
package dev.tracerl.trainer.metrics;

import org.jspecify.annotations.NullMarked;
