/** The weight versions of a run: which there are, which are kept, and which one readers get. */
@NullMarked
package dev.tracerl.ops.weights;

import org.jspecify.annotations.NullMarked;
