package dev.tracerl.model.training;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** First and second moments of AdamW, one tensor for each parameter group, and the number of steps taken. */
final class AdamState implements AutoCloseable {
    private static final String FIRST = "exp_avg.";
    private static final String SECOND = "exp_avg_sq.";
    private static final String STEP = "step";

    private final Network network;
    private final List<Tensor> first;
    private final List<Tensor> second;

    /** One float32 scalar for each group, all equal, as the fused kernel wants them. */
    private final List<Tensor> steps = new ArrayList<>();

    AdamState(Network network, List<Tensor> parameters) {
        this.network = network;
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

    byte[] toBytes(ModelConfig config) {
        ByteBuffer step = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        steps.get(0).copyTo(step);
        List<NamedTensor> tensors = new ArrayList<>();
        tensors.add(new NamedTensor(STEP, List.of(1L), step.flip()));
        add(tensors, FIRST, Parameters.copyOf(config, first));
        add(tensors, SECOND, Parameters.copyOf(config, second));
        return SafetensorsWriter.toBytes(tensors);
    }

    private static void add(List<NamedTensor> tensors, String prefix, Parameters moments) {
        for (NamedTensor moment : moments.tensors()) {
            tensors.add(new NamedTensor(prefix + moment.name(), moment.shape(), moment.data()));
        }
    }

    void restore(byte[] bytes, ModelConfig config) {
        try (SafetensorsReader reader = SafetensorsReader.of("optimizer state", bytes);
                TensorScope scope = network.program().scope()) {
            float[] step = new float[1];
            reader.read(STEP, List.of(1L), FloatBuffer.wrap(step));
            overwrite(scope, first, Parameters.read(reader, FIRST, config));
            overwrite(scope, second, Parameters.read(reader, SECOND, config));
            for (Tensor each : steps) {
                scope.run(Call.inference("assign").with(List.of(each)).with(List.of(scope.floats(step, 1))));
            }
        }
    }

    private static void overwrite(TensorScope scope, List<Tensor> tensors, Parameters values) {
        scope.run(Call.inference("assign").with(tensors).with(values.views(scope)));
    }

    @Override
    public void close() {
        first.forEach(Tensor::close);
        second.forEach(Tensor::close);
        steps.forEach(Tensor::close);
    }
}
