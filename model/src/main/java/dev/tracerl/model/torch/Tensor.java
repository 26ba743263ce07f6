package dev.tracerl.model.torch;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A handle on a tensor of a {@link TorchProgram}. It lives until it is closed, or until the {@link TensorScope} that
 * made it closes unless {@linkplain TensorScope#keep kept}.
 */
public final class Tensor implements AutoCloseable {
    private final PtNDArray array;

    Tensor(PtNDArray array) {
        this.array = array;
    }

    PtNDArray array() {
        return array;
    }

    /** The size of every dimension. */
    public long[] shape() {
        return array.getShape().getShape();
    }

    /** The elements of a float32 tensor in row-major order, copied. */
    public float[] floats() {
        return array.toFloatArray();
    }

    /** The elements of a float64 tensor in row-major order, copied. */
    public double[] doubles() {
        return array.toDoubleArray();
    }

    /** The elements of an int32 tensor in row-major order, copied. */
    public int[] ints() {
        return array.toIntArray();
    }

    /** Rows {@code [from, to)} of the first dimension, sharing memory; to be closed by the caller. */
    public Tensor rows(long from, long to) {
        return new Tensor(JniUtils.slice(array, 0, from, to, 1));
    }

    /** Copies the bytes of the tensor, little-endian and in row-major order, to the buffer's position. */
    public void copyTo(ByteBuffer target) {
        if (array.getDevice().isGpu()) {
            try (PtNDArray host = array.toDevice(Device.cpu(), true)) {
                copy(host, target);
            }
        } else {
            copy(array, target);
        }
    }

    /** A copy of the bytes, little-endian and in row-major order. */
    byte[] bytes() {
        if (array.getShape().size() == 0) {
            return new byte[0];
        }
        try (PtNDArray host = array.toDevice(Device.cpu(), true)) {
            ByteBuffer shared = JniUtils.getByteBuffer(host, true);
            byte[] bytes = new byte[shared.remaining()];
            shared.get(bytes);
            return bytes;
        }
    }

    private static void copy(PtNDArray host, ByteBuffer target) {
        target.put(JniUtils.getByteBuffer(host, true).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public void close() {
        array.close();
    }
}
