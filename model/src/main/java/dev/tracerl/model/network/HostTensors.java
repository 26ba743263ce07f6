package dev.tracerl.model.network;

import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.TensorSource;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Named float32 tensors in host memory outside the heap, immutable once filled. Those of a group lie one behind the
 * other. Needs no native library.
 */
public final class HostTensors {
    private final List<ParameterGroup> groups;

    /** One for each group. */
    private final List<RowMemory> memory;

    private HostTensors(List<ParameterGroup> groups, int segmentBytes) {
        this.groups = List.copyOf(groups);
        this.memory = groups.stream()
                .map(group -> new RowMemory(group.shape(), segmentBytes))
                .toList();
    }

    /** Gives a tensor its values. */
    @FunctionalInterface
    public interface Filler {

        /** Fills all of the target with a tensor's values from the one at {@code from} on. */
        void fill(ParameterSpec spec, long from, FloatBuffer target);
    }

    /** Tensors with the values of a filler, which is called for one after the other, for large ones several times. */
    public static HostTensors filled(List<ParameterGroup> groups, Filler filler) {
        return filled(groups, filler, Integer.MAX_VALUE);
    }

    /** @param segmentBytes largest size of a buffer */
    static HostTensors filled(List<ParameterGroup> groups, Filler filler, int segmentBytes) {
        HostTensors tensors = new HostTensors(groups, segmentBytes);
        for (NamedPart part : tensors.parts()) {
            long from = 0;
            for (ByteBuffer piece : part.pieces()) {
                filler.fill(part.spec(), from, piece.asFloatBuffer());
                from += piece.capacity() / Float.BYTES;
            }
        }
        return tensors;
    }

    /** Reads the tensors that are called {@code prefix} and their name, after checking that all of them are there. */
    public static HostTensors read(TensorSource source, String prefix, List<ParameterGroup> groups) {
        groups.forEach(group -> group.parts().forEach(spec -> source.check(prefix + spec.name(), spec.shape())));
        return filled(groups, (spec, from, target) -> source.read(prefix + spec.name(), from, target));
    }

    /** Copies tensors of the program, one for each group. */
    public static HostTensors copyOf(List<ParameterGroup> groups, List<Tensor> tensors) {
        return copyOf(groups, tensors, Integer.MAX_VALUE);
    }

    /** @param segmentBytes largest size of a buffer */
    static HostTensors copyOf(List<ParameterGroup> groups, List<Tensor> tensors, int segmentBytes) {
        HostTensors copy = new HostTensors(groups, segmentBytes);
        for (int i = 0; i < tensors.size(); i++) {
            copy.memory.get(i).copyFrom(tensors.get(i));
        }
        return copy;
    }

    /** Number of elements. */
    public long count() {
        return groups.stream().mapToLong(ParameterGroup::size).sum();
    }

    /** The tensors in order; the data is shared and must not be written. */
    public List<NamedTensor> tensors() {
        return parts().stream()
                .map(part -> new NamedTensor(part.spec().name(), part.spec().shape(), part.pieces()))
                .toList();
    }

    /** Tensors of the program, one for each group; valid while this object is reachable. */
    public List<Tensor> views(TensorScope scope) {
        return memory.stream().map(group -> group.view(scope)).toList();
    }

    private record NamedPart(ParameterSpec spec, List<ByteBuffer> pieces) {}

    private List<NamedPart> parts() {
        List<NamedPart> parts = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            long row = 0;
            for (ParameterSpec spec : groups.get(i).parts()) {
                parts.add(new NamedPart(spec, memory.get(i).rows(row, spec.rows())));
                row += spec.rows();
            }
        }
        return parts;
    }
}
