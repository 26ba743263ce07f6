/** From the record of a run to a checked plan of its training. Knows neither topics nor files. */
@NullMarked
package dev.tracerl.trainer.plan;

import org.jspecify.annotations.NullMarked;
