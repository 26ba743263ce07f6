/** Configuration of the service: infrastructure only. What is trained is the run's. */
@NullMarked
package dev.tracerl.trainer.config;

import org.jspecify.annotations.NullMarked;
