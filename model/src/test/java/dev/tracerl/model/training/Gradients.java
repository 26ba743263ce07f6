package dev.tracerl.model.training;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Gradients of one micro-batch after the other, as one vector. */
final class Gradients {
    static final LossSettings CLIPPED = new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.1, KlEstimator.K3, 0.8, 1);

    private Gradients() {}

    static double[] of(
            Network network, Parameters weights, List<List<PackedExample>> microBatches, ComputeSettings compute) {
        return of(network, weights, microBatches, compute, CLIPPED);
    }

    static double[] of(
            Network network,
            Parameters weights,
            List<List<PackedExample>> microBatches,
            ComputeSettings compute,
            LossSettings loss) {
        try (PolicyTrainer trainer =
                new PolicyTrainer(network, weights.config(), weights, OptimizerSettings.published(), compute)) {
            microBatches.forEach(examples -> trainer.accumulate(examples, loss));
            return flat(trainer.gradient());
        }
    }

    private static double[] flat(Parameters parameters) {
        double[] values = new double[Math.toIntExact(parameters.count())];
        int next = 0;
        for (NamedTensor tensor : parameters.tensors()) {
            ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            while (data.hasRemaining()) {
                values[next++] = data.getFloat();
            }
        }
        return values;
    }

    /** Largest difference, as a share of the largest entry of the second. */
    static double difference(double[] a, double[] b) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
            largest = Math.max(largest, Math.abs(b[i]));
        }
        return difference / largest;
    }

    static double cosine(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
