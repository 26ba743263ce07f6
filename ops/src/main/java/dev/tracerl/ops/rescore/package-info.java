/** Judges logged trajectories again and says what training would have made of it. Never writes over what counted. */
@NullMarked
package dev.tracerl.ops.rescore;

import org.jspecify.annotations.NullMarked;
