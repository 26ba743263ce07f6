/** Judges of answers. */
@NullMarked
package dev.tracerl.verifiers;

import org.jspecify.annotations.NullMarked;
