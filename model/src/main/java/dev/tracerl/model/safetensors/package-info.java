/** Reads and writes the safetensors format; knows nothing of models or PyTorch. */
@NullMarked
package dev.tracerl.model.safetensors;

import org.jspecify.annotations.NullMarked;
