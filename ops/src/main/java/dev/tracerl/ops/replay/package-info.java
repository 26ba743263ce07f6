/** Has recorded steps trained again by the trainer's jar, and shows what came of it. */
@NullMarked
package dev.tracerl.ops.replay;

import org.jspecify.annotations.NullMarked;
