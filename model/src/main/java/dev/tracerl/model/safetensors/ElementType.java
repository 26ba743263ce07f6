package dev.tracerl.model.safetensors;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types that can be read as float32 and written from it, little-endian. */
public enum ElementType {
    /** IEEE 754 binary32. */
    F32(4, "float32") {
        @Override
        void read(ByteBuffer source, FloatBuffer target) {
            target.put(source.asFloatBuffer());
        }

        @Override
        void write(FloatBuffer source, ByteBuffer target) {
            while (source.hasRemaining()) {
                target.putFloat(source.get());
            }
        }
    },
    /** The upper half of binary32. */
    BF16(2, "bfloat16") {
        @Override
        void read(ByteBuffer source, FloatBuffer target) {
            while (source.hasRemaining()) {
                target.put(Float.intBitsToFloat(source.getShort() << 16));
            }
        }

        @Override
        void write(FloatBuffer source, ByteBuffer target) {
            while (source.hasRemaining()) {
                target.putShort(Halves.toBrainFloat(source.get()));
            }
        }
    },
    /** IEEE 754 binary16. */
    F16(2, "float16") {
        @Override
        void read(ByteBuffer source, FloatBuffer target) {
            while (source.hasRemaining()) {
                target.put(Halves.fromHalf(source.getShort()));
            }
        }

        @Override
        void write(FloatBuffer source, ByteBuffer target) {
            while (source.hasRemaining()) {
                target.putShort(Halves.toHalf(source.get()));
            }
        }
    };

    private final int bytes;
    private final String torchName;

    ElementType(int bytes, String torchName) {
        this.bytes = bytes;
        this.torchName = torchName;
    }

    /** The type that the format spells like this. */
    static Optional<ElementType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Bytes of an element. */
    public int bytes() {
        return bytes;
    }

    /** What PyTorch, and {@code torch_dtype} in a {@code config.json}, call it. */
    public String torchName() {
        return torchName;
    }

    /** Converts all remaining elements of the source. */
    abstract void read(ByteBuffer source, FloatBuffer target);

    /** Converts all remaining elements of the source, to the nearest value, of two to the even one. */
    abstract void write(FloatBuffer source, ByteBuffer target);
}
