package dev.tracerl.model.safetensors;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Buffers as one file, without a copy. */
final class JoinedBytes implements TensorBytes {
    private final NavigableMap<Long, ByteBuffer> parts = new TreeMap<>(); // by the position of their first byte
    private final long size;

    /** @param parts one after the other, from position to limit; shared and must not be written */
    JoinedBytes(List<ByteBuffer> parts) {
        long next = 0;
        for (ByteBuffer part : parts) {
            if (part.hasRemaining()) {
                this.parts.put(next, part.slice());
                next += part.remaining();
            }
        }
        this.size = next;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), size);
        long next = position;
        while (target.hasRemaining()) {
            var found = parts.floorEntry(next);
            int from = (int) (next - found.getKey());
            int length = Math.min(target.remaining(), found.getValue().limit() - from);
            target.put(found.getValue().slice(from, length));
            next += length;
        }
    }
}
