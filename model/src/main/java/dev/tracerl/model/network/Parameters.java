package dev.tracerl.model.network;

import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights of a network: named float32 tensors in host memory outside the heap, immutable. Needs no native library.
 * Samplers and trainers make their own tensors from it, on a CPU without copying.
 */
public final class Parameters {
    private final ModelConfig config;
    private final List<ParameterGroup> groups;

    /** One direct little-endian buffer for each group, from position 0 to its capacity. */
    private final List<ByteBuffer> memory;

    private Parameters(ModelConfig config, List<ByteBuffer> memory) {
        this.config = config;
        this.groups = ParameterLayout.of(config);
        this.memory = memory;
    }

    private static Parameters allocate(ModelConfig config) {
        return new Parameters(
                config,
                ParameterLayout.of(config).stream().map(Parameters::allocate).toList());
    }

    private static ByteBuffer allocate(ParameterGroup group) {
        long bytes = Math.multiplyExact(group.size(), Float.BYTES);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(group.parts().get(0).name() + " and its group need " + bytes
                    + " bytes; at most 2 GiB are supported");
        }
        return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Seeded initial weights; the same seed gives the same bytes on every machine. See {@link InitialValues}. */
    public static Parameters random(ModelConfig config, long seed) {
        Parameters parameters = allocate(config);
        InitialValues values = new InitialValues(config, seed);
        parameters.fill(values::fill);
        return parameters;
    }

    /** Reads a {@code .safetensors} file of one piece. */
    public static Parameters read(Path file, ModelConfig config) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return read(reader, "", config);
        }
    }

    /** Reads the bytes of a safetensors file. */
    public static Parameters read(byte[] safetensors, ModelConfig config) {
        String name = "safetensors of " + safetensors.length + " bytes";
        try (SafetensorsReader reader = SafetensorsReader.of(name, safetensors)) {
            return read(reader, "", config);
        }
    }

    /** Reads the tensors whose names start with {@code prefix}; the rest of the name is the parameter's. */
    public static Parameters read(SafetensorsReader reader, String prefix, ModelConfig config) {
        Parameters parameters = allocate(config);
        Set<String> unexpected = new TreeSet<>(reader.names());
        unexpected.removeIf(name -> !name.startsWith(prefix));
        parameters.fill((spec, target) -> {
            reader.read(prefix + spec.name(), spec.shape(), target);
            unexpected.remove(prefix + spec.name());
        });
        if (config.tiedEmbeddings()) {
            unexpected.remove(prefix + ParameterLayout.head(config));
        }
        if (!unexpected.isEmpty()) {
            throw new CheckpointException(
                    reader.file() + ": tensors that the configuration does not have: " + unexpected);
        }
        return parameters;
    }

    /** Copies tensors in the program's grouping back to host memory. */
    public static Parameters copyOf(ModelConfig config, List<Tensor> tensors) {
        Parameters parameters = allocate(config);
        for (int i = 0; i < tensors.size(); i++) {
            tensors.get(i).copyTo(parameters.memory.get(i).duplicate());
        }
        return parameters;
    }

    private interface Filler {
        void fill(ParameterSpec spec, FloatBuffer target);
    }

    private void fill(Filler filler) {
        for (int i = 0; i < groups.size(); i++) {
            FloatBuffer target = memory.get(i).asFloatBuffer();
            groups.get(i).parts().forEach(part -> filler.fill(part, target));
        }
    }

    /** The configuration that the weights belong to. */
    public ModelConfig config() {
        return config;
    }

    /** Number of weights. */
    public long count() {
        return groups.stream().mapToLong(ParameterGroup::size).sum();
    }

    /** The weights as named tensors, in the order of the file; the data is shared and must not be written. */
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

    /** The weights as tensors of the program, one for each group; valid while this object is reachable. */
    public List<Tensor> views(TensorScope scope) {
        List<Tensor> views = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            long[] shape =
                    groups.get(i).shape().stream().mapToLong(Long::longValue).toArray();
            views.add(scope.view(memory.get(i), shape));
        }
        return views;
    }

    /** The weights as a safetensors file; equal weights give equal bytes. */
    public byte[] toSafetensors() {
        return SafetensorsWriter.toBytes(tensors());
    }
}
