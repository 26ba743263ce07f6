/**
 * The diffusion value model on plain arrays: rewards of denoising steps, returns and advantages over steps, the clipped
 * value loss. Written as the equations read: the oracle for the tensor implementation.
 */
@NullMarked
package dev.tracerl.core.value;

import org.jspecify.annotations.NullMarked;
