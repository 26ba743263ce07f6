package dev.tracerl.model.safetensors;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** The element types that can be read as float32. */
enum ElementType {
    F32(4) {
        @Override
        void read(ByteBuffer source, FloatBuffer target) {
            target.put(source.asFloatBuffer());
        }
    },
    BF16(2) {
        @Override
        void read(ByteBuffer source, FloatBuffer target) {
            while (source.hasRemaining()) {
                target.put(Float.intBitsToFloat(source.getShort() << 16));
            }
        }
    },
    F16(2) {
        @Override
        void read(ByteBuffer source, FloatBuffer target) {
            while (source.hasRemaining()) {
                target.put(fromHalf(source.getShort()));
            }
        }
    };

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** Converts all remaining elements of the little-endian source. */
    abstract void read(ByteBuffer source, FloatBuffer target);

    /** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
    private static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
    }
}
