package dev.tracerl.model.network;

import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The weights of a value model: those of a network with a head of one row, {@value #HEAD}, in the place of the head over
 * the vocabulary. Immutable, in host memory outside the heap.
 */
public final class ValueParameters {
    private static final String HEAD = "value_head.weight";

    private final HostTensors values;

    private ValueParameters(HostTensors values) {
        this.values = values;
    }

    /** Which weights a configuration's value model has, in the order of the program. */
    public static List<ParameterGroup> groups(ModelConfig config) {
        List<ParameterGroup> groups = new ArrayList<>(Parameters.groups(config));
        if (!config.tiedEmbeddings()) {
            groups.remove(groups.size() - 1);
        }
        groups.add(ParameterGroup.of(ParameterSpec.matrix(HEAD, 1, config.hiddenSize())));
        return List.copyOf(groups);
    }

    /** A value model that starts from a policy: its network with a head of zeros, so that every value is 0. */
    public static ValueParameters startingFrom(Parameters policy) {
        Map<String, NamedTensor> known =
                policy.tensors().stream().collect(Collectors.toMap(NamedTensor::name, Function.identity()));
        return new ValueParameters(HostTensors.filled(groups(policy.config()), (spec, from, target) -> {
            NamedTensor tensor = known.get(spec.name());
            if (tensor != null) {
                tensor.read(from, target);
            }
        }));
    }

    /** Reads what {@link #toSafetensors} wrote. */
    public static ValueParameters read(TensorBytes safetensors, ModelConfig config) {
        try (SafetensorsReader reader = SafetensorsReader.of("value model", safetensors)) {
            return new ValueParameters(HostTensors.read(reader, "", groups(config)));
        }
    }

    /** Copies tensors in the program's grouping back to host memory. */
    public static ValueParameters copyOf(ModelConfig config, List<Tensor> tensors) {
        return new ValueParameters(HostTensors.copyOf(groups(config), tensors));
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
