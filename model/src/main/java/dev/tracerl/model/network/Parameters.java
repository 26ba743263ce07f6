package dev.tracerl.model.network;

import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.safetensors.TensorSource;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights of a network: named float32 tensors in host memory outside the heap, immutable. Needs no native library.
 * Samplers and trainers make their own tensors from it, on a CPU without copying what
 * fits into one buffer.
 */
public final class Parameters {
    private final ModelConfig config;
    private final HostTensors values;

    private Parameters(ModelConfig config, HostTensors values) {
        this.config = config;
        this.values = values;
    }

    /** Seeded initial weights; the same seed gives the same bytes on every machine. See {@link InitialValues}. */
    public static Parameters random(ModelConfig config, long seed) {
        InitialValues values = new InitialValues(config, seed);
        return filled(config, values::fill);
    }

    /** Weights with the values of a filler. */
    public static Parameters filled(ModelConfig config, HostTensors.Filler filler) {
        return new Parameters(config, HostTensors.filled(ParameterLayout.of(config), filler));
    }

    /** Reads a {@code .safetensors} file of one piece. */
    public static Parameters read(Path file, ModelConfig config) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return read(reader, "", config);
        }
    }

    /** Reads the bytes of a safetensors file. */
    public static Parameters read(TensorBytes safetensors, ModelConfig config) {
        String name = "safetensors of " + safetensors.size() + " bytes";
        try (SafetensorsReader reader = SafetensorsReader.of(name, safetensors)) {
            return read(reader, "", config);
        }
    }

    /**
     * Reads the tensors whose names start with {@code prefix}; the rest of the name is the parameter's. Nothing is read
     * before all were found to be as expected. A head is ignored if the configuration ties it to the embedding.
     *
     * @throws CheckpointException if tensors are missing or are not the configuration's
     */
    public static Parameters read(TensorSource source, String prefix, ModelConfig config) {
        List<ParameterGroup> groups = ParameterLayout.of(config);
        Set<String> unexpected = new TreeSet<>(source.names());
        unexpected.removeIf(name -> !name.startsWith(prefix));
        groups.forEach(group -> group.parts().forEach(part -> {
            source.check(prefix + part.name(), part.shape());
            unexpected.remove(prefix + part.name());
        }));
        unexpected.remove(prefix + ParameterLayout.head(config));
        if (!unexpected.isEmpty()) {
            throw new CheckpointException(
                    source.file() + ": tensors that the configuration does not have: " + unexpected);
        }
        return new Parameters(config, HostTensors.read(source, prefix, groups));
    }

    /** Copies tensors in the program's grouping back to host memory. */
    public static Parameters copyOf(ModelConfig config, List<Tensor> tensors) {
        return new Parameters(config, HostTensors.copyOf(ParameterLayout.of(config), tensors));
    }

    /** Which weights a configuration has, in the order of the program. */
    public static List<ParameterGroup> groups(ModelConfig config) {
        return ParameterLayout.of(config);
    }

    /** The configuration that the weights belong to. */
    public ModelConfig config() {
        return config;
    }

    /** Number of weights. */
    public long count() {
        return values.count();
    }

    /** The weights as named tensors, in the order of the file; the data is shared and must not be written. */
    public List<NamedTensor> tensors() {
        return values.tensors();
    }

    /** The weights as tensors of the program, one for each group; valid while this object is reachable. */
    public List<Tensor> views(TensorScope scope) {
        return values.views(scope);
    }

    /** The weights as a safetensors file, which shares their memory; equal weights give equal bytes. */
    public TensorBytes toSafetensors() {
        return SafetensorsWriter.bytes(tensors());
    }
}
