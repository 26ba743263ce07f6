/** Mathematical answers as trees; no rule of comparison. */
@NullMarked
package dev.tracerl.verifiers.math.tree;

import org.jspecify.annotations.NullMarked;
