/** Complex values in double precision, which can only show that expressions differ, and to many digits. */
@NullMarked
package dev.tracerl.verifiers.math.numeric;

import org.jspecify.annotations.NullMarked;
