/** Whether a run's log accounts for everything that was requested. Reads records; knows nothing of services. */
@NullMarked
package dev.tracerl.ops.audit;

import org.jspecify.annotations.NullMarked;
