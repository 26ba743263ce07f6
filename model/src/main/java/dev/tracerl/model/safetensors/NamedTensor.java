package dev.tracerl.model.safetensors;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A float32 tensor to be written.
 *
 * @param data its elements, little-endian and in row-major order, from position to limit; shared
 */
public record NamedTensor(String name, List<Long> shape, ByteBuffer data) {}
