/** Programs in TorchScript and their tensors; the only package that imports DJL's PyTorch engine. */
@NullMarked
package dev.tracerl.model.torch;

import org.jspecify.annotations.NullMarked;
