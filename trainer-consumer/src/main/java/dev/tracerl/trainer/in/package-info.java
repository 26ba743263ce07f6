/** What is trained on, taken from the log: groups in their order, demonstrations epoch by epoch. */
@NullMarked
package dev.tracerl.trainer.in;

import org.jspecify.annotations.NullMarked;
