package dev.tracerl.model.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;

/** Owns the tensors of one piece of work: all that were created or returned in it are freed when it closes. */
public final class TensorScope implements AutoCloseable {
    private final TorchProgram program;
    private final PtNDManager manager;

    TensorScope(TorchProgram program, PtNDManager manager) {
        this.program = program;
        this.manager = manager;
    }

    /** An int32 tensor. */
    public Tensor ints(int[] values, long... shape) {
        return new Tensor(manager.create(IntBuffer.wrap(values), new Shape(shape), DataType.INT32));
    }

    /** An int32 vector in host memory, whatever the program's device is: sizes and choices that steer the program. */
    public Tensor hostInts(int... values) {
        ByteBuffer bytes = manager.allocateDirect(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return host(bytes, values.length, DataType.INT32);
    }

    /** A float64 vector in host memory, whatever the program's device is. */
    public Tensor hostDoubles(double... values) {
        ByteBuffer bytes = manager.allocateDirect(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return host(bytes, values.length, DataType.FLOAT64);
    }

    private Tensor host(ByteBuffer bytes, long size, DataType type) {
        return new Tensor(JniUtils.createNdFromByteBuffer(
                manager, bytes, new Shape(size), type, SparseFormat.DENSE, Device.cpu()));
    }

    /** A float32 tensor. */
    public Tensor floats(float[] values, long... shape) {
        return new Tensor(manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32));
    }

    /** A float64 tensor. */
    public Tensor doubles(double[] values, long... shape) {
        return new Tensor(manager.create(DoubleBuffer.wrap(values), new Shape(shape), DataType.FLOAT64));
    }

    /** A float32 tensor of zeros. */
    public Tensor zeros(long... shape) {
        return new Tensor((PtNDArray) manager.zeros(new Shape(shape), DataType.FLOAT32));
    }

    /**
     * A float32 tensor over the remaining bytes of a direct little-endian buffer. On a CPU it shares the memory, and
     * neither side may be written.
     */
    public Tensor view(ByteBuffer floats, long... shape) {
        return new Tensor(manager.create(floats.slice(), new Shape(shape), DataType.FLOAT32));
    }

    /** Runs a method of the program; the tensors it returns, flattened, belong to this scope. */
    public List<Tensor> run(Call call) {
        NDList results = program.run(call, manager);
        return results.stream().map(array -> new Tensor((PtNDArray) array)).toList();
    }

    /** Hands the tensor to the program, so that it outlives this scope until it or the program is closed. */
    public Tensor keep(Tensor tensor) {
        tensor.array().attach(program.manager());
        return tensor;
    }

    /** {@link #keep(Tensor)} for each. */
    public List<Tensor> keep(List<Tensor> tensors) {
        tensors.forEach(this::keep);
        return tensors;
    }

    @Override
    public void close() {
        manager.close();
    }
}
