/**
 * Runs: from a YAML file to topics, tasks, demonstrations, the run's record and its assignment. Knows nothing of
 * processes.
 */
@NullMarked
package dev.tracerl.ops.run;

import org.jspecify.annotations.NullMarked;
