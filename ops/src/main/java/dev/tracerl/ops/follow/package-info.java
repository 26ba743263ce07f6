/** Follows a run on the log and adds up what happened. Knows nothing of processes and of how it is shown. */
@NullMarked
package dev.tracerl.ops.follow;

import org.jspecify.annotations.NullMarked;
