/**
 * The TraceRL objective on plain arrays, written as the equations read: the oracle for the tensor implementation.
 */
@NullMarked
package dev.tracerl.core.loss;

import org.jspecify.annotations.NullMarked;
