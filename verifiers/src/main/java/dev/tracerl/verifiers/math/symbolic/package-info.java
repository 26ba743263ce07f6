/** Computer algebra in a process of its own, which is killed when it is too slow. Only the worker's side loads Symja. */
@NullMarked
package dev.tracerl.verifiers.math.symbolic;

import org.jspecify.annotations.NullMarked;
