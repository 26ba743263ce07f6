package dev.tracerl.system;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.List;

/** Recomputes recorded log-probabilities the way the trainer does. */
final class BehaviorLogProbs {

    private BehaviorLogProbs() {}

    /** Largest difference between what the sampler recorded and what the trainer computes with the same weights. */
    static double largestDifference(List<Trajectory> trajectories, byte[] weights, ModelConfig config) {
        List<PackedExample> examples = trajectories.stream()
                .map(trajectory -> pack(trajectory, config))
                .toList();
        try (Network network = Network.open("cpu");
                PolicyTrainer trainer = new PolicyTrainer(
                        network,
                        config,
                        Parameters.read(TensorBytes.of(weights), config),
                        OptimizerSettings.published())) {
            float[][] recomputed =
                    trainer.logProbs(examples, trajectories.get(0).getSampler().getTemperature());
            double largest = 0;
            for (int i = 0; i < recomputed.length; i++) {
                for (int t = 0; t < recomputed[i].length; t++) {
                    largest = Math.max(
                            largest, Math.abs(recomputed[i][t] - examples.get(i).oldLogProbs()[t]));
                }
            }
            return largest;
        }
    }

    private static PackedExample pack(Trajectory trajectory, ModelConfig config) {
        Segment prompt = trajectory.getSegments().get(0);
        Segment response = trajectory.getSegments().get(1);
        int[] tokens = Packed.ints(response.getTokens());
        TracedResponse traced = new TracedResponse(
                Packed.ints(prompt.getTokens()),
                tokens,
                response.getKeptTokens(),
                Packed.ints(response.getStepMap()),
                Packed.floats(response.getLogProbs()),
                TracedResponse.repeat(1, tokens.length));
        return TracePacker.pack(
                traced,
                new PackSettings(
                        trajectory.getSampler().getBlockSize(),
                        1,
                        config.maskTokenId(),
                        LossNormalization.TARGETS,
                        tokens.length));
    }
}
