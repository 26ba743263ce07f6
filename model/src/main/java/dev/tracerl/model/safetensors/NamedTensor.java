package dev.tracerl.model.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A float32 tensor to be written.
 *
 * @param parts its elements, little-endian and in row-major order, one buffer after the other from position to limit;
 *     shared. More than one only if a single buffer cannot hold them
 */
public record NamedTensor(String name, List<Long> shape, List<ByteBuffer> parts) {

    public NamedTensor {
        shape = List.copyOf(shape);
        parts = List.copyOf(parts);
    }

    /** A tensor in one piece. */
    public NamedTensor(String name, List<Long> shape, ByteBuffer data) {
        this(name, shape, List.of(data));
    }

    /** Bytes of all parts. */
    public long bytes() {
        return parts.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** Copies as many elements as the target has room for, from the element {@code from} on. */
    public void read(long from, FloatBuffer target) {
        long skipped = from;
        for (ByteBuffer part : parts) {
            FloatBuffer values = part.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            if (skipped < values.limit()) {
                int count = Math.min(values.limit() - (int) skipped, target.remaining());
                target.put(values.slice((int) skipped, count));
            }
            skipped = Math.max(0, skipped - values.limit());
        }
    }

    /**
     * The elements of a tensor in one piece.
     *
     * @throws IllegalStateException if it has several parts
     */
    public ByteBuffer data() {
        if (parts.size() != 1) {
            throw new IllegalStateException("tensor " + name + " has " + parts.size() + " parts");
        }
        return parts.get(0);
    }
}
