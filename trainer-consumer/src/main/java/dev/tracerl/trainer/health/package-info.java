/** Readiness of the service. */
@NullMarked
package dev.tracerl.trainer.health;

import org.jspecify.annotations.NullMarked;
