/** Mixes the scores of other verifiers. */
@NullMarked
package dev.tracerl.verifiers.weighted;

import org.jspecify.annotations.NullMarked;
