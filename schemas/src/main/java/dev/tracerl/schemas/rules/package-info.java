/**
 * What the values of a run must be, for whoever writes a run and for whoever works on it. Bounds and keys only: what a
 * model or a method can do with them is known elsewhere.
 */
@NullMarked
package dev.tracerl.schemas.rules;

import org.jspecify.annotations.NullMarked;
