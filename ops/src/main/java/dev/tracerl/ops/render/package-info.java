/** What the user sees: lines, bars, boards and curves, from plain values. Knows neither the log nor processes. */
@NullMarked
package dev.tracerl.ops.render;

import org.jspecify.annotations.NullMarked;
