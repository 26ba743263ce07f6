/**
 * Completions for clients: sampled by the engine like groups on the log, answered here as text, never published. It
 * knows nothing of HTTP.
 */
@NullMarked
package dev.tracerl.rollout.completion;

import org.jspecify.annotations.NullMarked;
