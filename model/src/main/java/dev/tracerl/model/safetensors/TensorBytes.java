package dev.tracerl.model.safetensors;

import java.nio.ByteBuffer;

/** The bytes of a safetensors file of any size, wherever they are. Immutable. */
public interface TensorBytes {

    /** How many there are. */
    long size();

    /** Fills all that remains of the target with the bytes from a position on. */
    void read(long position, ByteBuffer target);

    /** Bytes of an array, which is shared and must not be written. */
    static TensorBytes of(byte[] bytes) {
        return of(bytes.length, (position, target) -> target.put(bytes, (int) position, target.remaining()));
    }

    /** Bytes that a function reads. */
    static TensorBytes of(long size, Reader reader) {
        return new TensorBytes() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void read(long position, ByteBuffer target) {
                reader.read(position, target);
            }
        };
    }

    /** All of them, for a file that is known to be small. */
    default byte[] toArray() {
        byte[] all = new byte[Math.toIntExact(size())];
        read(0, ByteBuffer.wrap(all));
        return all;
    }

    /** Reads bytes. */
    @FunctionalInterface
    interface Reader {

        /** See {@link TensorBytes#read}. */
        void read(long position, ByteBuffer target);
    }
}
