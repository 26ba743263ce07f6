/** The batched block sampler; knows nothing of tasks, rewards or text. */
@NullMarked
package dev.tracerl.model.sampling;

import org.jspecify.annotations.NullMarked;
