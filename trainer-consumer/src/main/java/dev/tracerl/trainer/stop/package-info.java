/** How training is told to stop. */
@NullMarked
package dev.tracerl.trainer.stop;

import org.jspecify.annotations.NullMarked;
