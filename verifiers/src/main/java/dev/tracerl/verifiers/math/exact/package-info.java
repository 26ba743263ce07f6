/** Exact normal forms: two expressions with one normal form are equal. Bounded in operations. */
@NullMarked
package dev.tracerl.verifiers.math.exact;

import org.jspecify.annotations.NullMarked;
