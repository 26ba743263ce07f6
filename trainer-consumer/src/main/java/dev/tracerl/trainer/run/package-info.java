/** A run from its assignment to its end: the main loop, its stop signal, and recovery from any failure. */
@NullMarked
package dev.tracerl.trainer.run;

import org.jspecify.annotations.NullMarked;
