/** Judges the form of a response, whatever it says. */
@NullMarked
package dev.tracerl.verifiers.format;

import org.jspecify.annotations.NullMarked;
