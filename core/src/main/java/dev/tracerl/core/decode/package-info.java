/**
 * How a response is generated block by block: which positions are revealed in a denoising step, with which random numbers, and when to stop. Knows logits as plain arrays and nothing of the network behind them.
 */
@NullMarked
package dev.tracerl.core.decode;

import org.jspecify.annotations.NullMarked;
