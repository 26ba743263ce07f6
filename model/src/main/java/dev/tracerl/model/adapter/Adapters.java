package dev.tracerl.model.adapter;

import dev.tracerl.model.network.HostTensors;
import dev.tracerl.model.network.InitialValues;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.ParameterGroup;
import dev.tracerl.model.network.ParameterSlice;
import dev.tracerl.model.network.ParameterSpec;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The adapters of a model in host memory, immutable: for each target A {@code (rank, in)} and B {@code (out, rank)},
 * named as PEFT names them. As a file they are a safetensors file that has PEFT's {@code adapter_config.json} in its
 * metadata. Needs no native library.
 */
public final class Adapters {
    private static final String CONFIG = "adapter_config";
    private static final String PREFIX = "base_model.model.";

    private final ModelConfig config;
    private final AdapterSettings settings;
    private final HostTensors values;

    private Adapters(ModelConfig config, AdapterSettings settings, HostTensors values) {
        this.config = config;
        this.settings = settings;
        this.values = values;
    }

    /** What the tensors are, A and B of each target in turn, in the order of the model. */
    public static List<ParameterGroup> layout(ModelConfig config, AdapterSettings settings) {
        List<ParameterGroup> layout = new ArrayList<>();
        for (ParameterSlice target : settings.slices(config)) {
            List<Long> shape = target.first().shape();
            String name = PREFIX + AdapterConfigJson.module(target.first().name());
            layout.add(ParameterGroup.of(ParameterSpec.matrix(name + ".lora_A.weight", settings.rank(), shape.get(1))));
            layout.add(ParameterGroup.of(ParameterSpec.matrix(name + ".lora_B.weight", shape.get(0), settings.rank())));
        }
        return layout;
    }

    /**
     * First adapters: B is zero, so that they change nothing; A is uniform within {@code 1 / sqrt(in)} of zero. The same
     * seed gives the same bytes on every machine.
     */
    public static Adapters initial(ModelConfig config, AdapterSettings settings, long seed) {
        HostTensors values = HostTensors.filled(layout(config, settings), (spec, from, target) -> {
            if (spec.name().endsWith(".lora_A.weight")) {
                InitialValues.uniform(
                        seed, spec, from, 1 / Math.sqrt(spec.shape().get(1)), target);
            } else {
                target.put(new float[target.remaining()]);
            }
        });
        return new Adapters(config, settings, values);
    }

    /** Copies tensors of the program in the order of {@link #layout}. */
    public static Adapters copyOf(ModelConfig config, AdapterSettings settings, List<Tensor> tensors) {
        return new Adapters(config, settings, HostTensors.copyOf(layout(config, settings), tensors));
    }

    /**
     * Reads what {@link #toSafetensors} wrote.
     *
     * @throws CheckpointException if the bytes are no adapters, or of another model
     */
    public static Adapters read(TensorBytes safetensors, ModelConfig config) {
        String name = "adapters of " + safetensors.size() + " bytes";
        try (SafetensorsReader reader = SafetensorsReader.of(name, safetensors)) {
            String json = reader.metadata().get(CONFIG);
            if (json == null) {
                throw new CheckpointException(name + ": no adapters; the file has no " + CONFIG + " in its metadata");
            }
            AdapterSettings settings = AdapterConfigJson.read(json);
            return new Adapters(config, settings, HostTensors.read(reader, "", layout(config, settings)));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(name + ": " + e.getMessage(), e);
        }
    }

    /** The settings. */
    public AdapterSettings settings() {
        return settings;
    }

    /** The tensors in the order of {@link #layout}; the data is shared and must not be written. */
    public List<NamedTensor> tensors() {
        return values.tensors();
    }

    /** The tensors for the program; valid while this object is reachable. */
    public List<Tensor> views(TensorScope scope) {
        return values.views(scope);
    }

    /** The adapters as a file, which shares their memory; equal adapters give equal bytes. */
    public TensorBytes toSafetensors() {
        return SafetensorsWriter.bytes(tensors(), Map.of(CONFIG, AdapterConfigJson.write(settings)));
    }

    /**
     * Weights that compute what the base and these adapters compute. The same bytes on every machine.
     *
     * @param base weights of the model that the adapters belong to
     */
    public Parameters mergeInto(Parameters base) {
        Map<String, LowRank> deltas = deltas();
        Map<String, NamedTensor> weights = new HashMap<>();
        base.tensors().forEach(weight -> weights.put(weight.name(), weight));
        return Parameters.filled(config, (spec, from, target) -> {
            Objects.requireNonNull(weights.get(spec.name())).read(from, target.duplicate());
            LowRank delta = deltas.get(spec.name());
            if (delta != null) {
                delta.addTo(from, target);
            }
        });
    }

    private Map<String, LowRank> deltas() {
        List<NamedTensor> tensors = values.tensors();
        List<ParameterSlice> targets = settings.slices(config);
        Map<String, LowRank> deltas = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            LowRank delta = LowRank.of(tensors.get(2 * i), tensors.get(2 * i + 1), (float) settings.scale());
            deltas.put(targets.get(i).first().name(), delta);
        }
        return deltas;
    }
}
