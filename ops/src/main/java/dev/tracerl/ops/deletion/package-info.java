/** The end of a run's records: what of it there is, what depends on it, and how it goes. */
@NullMarked
package dev.tracerl.ops.deletion;

import org.jspecify.annotations.NullMarked;
