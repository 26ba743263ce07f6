/** Approximate complex values: they can show that two expressions differ, never that they are equal. */
@NullMarked
package dev.tracerl.verifiers.math.numeric;

import org.jspecify.annotations.NullMarked;
