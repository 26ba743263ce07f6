package dev.tracerl.model.training;

import dev.tracerl.model.network.HostTensors;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.ParameterGroup;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** First and second moments of AdamW, one tensor for each that is trained, and the number of steps taken. */
final class AdamState implements AutoCloseable {
    private static final String FIRST = "exp_avg.";
    private static final String SECOND = "exp_avg_sq.";
    private static final String STEP = "step";

    private final Network network;
    private final List<ParameterGroup> groups;
    private final List<Tensor> first;
    private final List<Tensor> second;

    /** One float32 scalar for each tensor, all equal, as the fused kernel wants them. */
    private final List<Tensor> steps = new ArrayList<>();

    /** @param groups what the tensors hold */
    AdamState(Network network, List<ParameterGroup> groups, List<Tensor> parameters) {
        this.network = network;
        this.groups = groups;
        try (TensorScope scope = network.program().scope()) {
            this.first = scope.keep(scope.run(Call.inference("zeros").with(parameters)));
            this.second = scope.keep(scope.run(Call.inference("zeros").with(parameters)));
            for (int i = 0; i < parameters.size(); i++) {
                steps.add(scope.keep(scope.zeros(1)));
            }
        }
    }

    /** Returns the gradient's global norm; nothing has happened if it is not finite. */
    double step(
            TensorScope scope,
            List<Tensor> parameters,
            List<Tensor> gradients,
            OptimizerSettings settings,
            double learningRate) {
        Tensor hyper = scope.hostDoubles(
                learningRate,
                settings.beta1(),
                settings.beta2(),
                settings.epsilon(),
                settings.weightDecay(),
                settings.gradientClip());
        Call call = Call.inference("adamw").with(parameters).with(gradients).with(first);
        return scope.run(call.with(second).with(steps).with(hyper)).get(0).doubles()[0];
    }

    TensorBytes toSafetensors() {
        ByteBuffer step = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        steps.get(0).copyTo(step);
        List<NamedTensor> tensors = new ArrayList<>();
        tensors.add(new NamedTensor(STEP, List.of(1L), step.flip()));
        add(tensors, FIRST, HostTensors.copyOf(groups, first));
        add(tensors, SECOND, HostTensors.copyOf(groups, second));
        return SafetensorsWriter.bytes(tensors);
    }

    private static void add(List<NamedTensor> tensors, String prefix, HostTensors moments) {
        for (NamedTensor moment : moments.tensors()) {
            tensors.add(new NamedTensor(prefix + moment.name(), moment.shape(), moment.parts()));
        }
    }

    void restore(TensorBytes bytes) {
        try (SafetensorsReader reader = SafetensorsReader.of("optimizer state", bytes);
                TensorScope scope = network.program().scope()) {
            requireSameTensors(reader.names());
            float[] step = new float[1];
            reader.read(STEP, List.of(1L), FloatBuffer.wrap(step));
            overwrite(scope, first, HostTensors.read(reader, FIRST, groups));
            overwrite(scope, second, HostTensors.read(reader, SECOND, groups));
            for (Tensor each : steps) {
                scope.run(Call.inference("assign").with(List.of(each)).with(List.of(scope.floats(step, 1))));
            }
        }
    }

    private void requireSameTensors(Set<String> found) {
        Set<String> missing = new TreeSet<>();
        groups.forEach(group -> group.parts().forEach(part -> missing.add(part.name())));
        Set<String> unexpected = new TreeSet<>();
        found.stream().filter(name -> name.startsWith(FIRST)).forEach(name -> {
            if (!missing.remove(name.substring(FIRST.length()))) {
                unexpected.add(name.substring(FIRST.length()));
            }
        });
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new CheckpointException(
                    "optimizer state: other parameters were trained when it was written: it lacks "
                            + missing + " and holds " + unexpected
                            + ", which are frozen now; train the same ones, or start with"
                            + " fresh optimizer state");
        }
    }

    private static void overwrite(TensorScope scope, List<Tensor> tensors, HostTensors values) {
        scope.run(Call.inference("assign").with(tensors).with(values.views(scope)));
    }

    @Override
    public void close() {
        first.forEach(Tensor::close);
        second.forEach(Tensor::close);
        steps.forEach(Tensor::close);
    }
}
