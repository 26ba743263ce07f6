package dev.tracerl.model.network;

import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Named float32 tensors in host memory outside the heap, immutable once filled. Those of a group lie one behind the
 * other. Needs no native library.
 */
public final class HostTensors {
    private final List<ParameterGroup> groups;

    /** One direct little-endian buffer for each group, from position 0 to its capacity. */
    private final List<ByteBuffer> memory;

    private HostTensors(List<ParameterGroup> groups) {
        this.groups = List.copyOf(groups);
        this.memory = groups.stream().map(HostTensors::allocate).toList();
    }

    private static ByteBuffer allocate(ParameterGroup group) {
        long bytes = Math.multiplyExact(group.size(), Float.BYTES);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(group.parts().get(0).name() + " and its group need " + bytes
                    + " bytes; at most 2 GiB are supported");
        }
        return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Gives a tensor its values. */
    @FunctionalInterface
    public interface Filler {

        /** Puts as many values as the tensor has at the target's position. */
        void fill(ParameterSpec spec, FloatBuffer target);
    }

    /** Tensors with the values of a filler, which is called for one after the other. */
    public static HostTensors filled(List<ParameterGroup> groups, Filler filler) {
        HostTensors tensors = new HostTensors(groups);
        for (int i = 0; i < groups.size(); i++) {
            FloatBuffer target = tensors.memory.get(i).asFloatBuffer();
            groups.get(i).parts().forEach(part -> filler.fill(part, target));
        }
        return tensors;
    }

    /** Reads the tensors that are called {@code prefix} and their name. */
    public static HostTensors read(SafetensorsReader reader, String prefix, List<ParameterGroup> groups) {
        return filled(groups, (spec, target) -> reader.read(prefix + spec.name(), spec.shape(), target));
    }

    /** Copies tensors of the program, one for each group. */
    public static HostTensors copyOf(List<ParameterGroup> groups, List<Tensor> tensors) {
        HostTensors copy = new HostTensors(groups);
        for (int i = 0; i < tensors.size(); i++) {
            tensors.get(i).copyTo(copy.memory.get(i).duplicate());
        }
        return copy;
    }

    /** Number of elements. */
    public long count() {
        return groups.stream().mapToLong(ParameterGroup::size).sum();
    }

    /** The tensors in order; the data is shared and must not be written. */
    public List<NamedTensor> tensors() {
        List<NamedTensor> tensors = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            int offset = 0;
            for (ParameterSpec part : groups.get(i).parts()) {
                int bytes = (int) (part.size() * Float.BYTES);
                ByteBuffer data = memory.get(i).slice(offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
                tensors.add(new NamedTensor(part.name(), part.shape(), data));
                offset += bytes;
            }
        }
        return tensors;
    }

    /** Tensors of the program, one for each group; valid while this object is reachable. */
    public List<Tensor> views(TensorScope scope) {
        List<Tensor> views = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            long[] shape =
                    groups.get(i).shape().stream().mapToLong(Long::longValue).toArray();
            views.add(scope.view(memory.get(i), shape));
        }
        return views;
    }
}
