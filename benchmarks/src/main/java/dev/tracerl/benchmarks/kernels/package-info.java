/** Speed of the sampler and the training step on the shape of the sudoku demo. */
@NullMarked
package dev.tracerl.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
