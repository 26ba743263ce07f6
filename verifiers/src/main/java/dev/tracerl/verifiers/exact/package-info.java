/** Judges answers that must be given word for word. */
@NullMarked
package dev.tracerl.verifiers.exact;

import org.jspecify.annotations.NullMarked;
