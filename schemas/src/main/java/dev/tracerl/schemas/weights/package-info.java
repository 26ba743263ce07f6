/** Weight versions on the log: chunks, checksums, and reading a version back. It knows nothing of tensors. */
@NullMarked
package dev.tracerl.schemas.weights;

import org.jspecify.annotations.NullMarked;
