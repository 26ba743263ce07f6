package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.SamplingBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakTest {

    @Test
    void keptTensorsStayConstantOverManyRoundsAndSteps() {
        // Given
        ModelConfig config = Models.tiny();
        List<PackedExample> examples = Examples.packed(config, 4, 41);
        SamplerSettings settings = new SamplerSettings(4, 2, new UnmaskingPolicy.StaticLowConfidence(), 1, 0, 1, 8);
        try (Network network = Network.open("cpu")) {
            int before = network.keptTensors();
            try (SamplingBatch batch = new SamplingBatch(network, config, settings);
                    PolicyTrainer trainer = new PolicyTrainer(
                            network, config, Parameters.random(config, 1), OptimizerSettings.published())) {
                round(batch, trainer, examples);
                int kept = network.keptTensors();

                // When
                for (int i = 0; i < 50; i++) {
                    round(batch, trainer, examples);
                }

                // Then
                assertThat(network.keptTensors()).isEqualTo(kept);
            }
            assertThat(network.keptTensors()).isEqualTo(before);
        }
    }

    private static void round(SamplingBatch batch, PolicyTrainer trainer, List<PackedExample> examples) {
        Parameters weights = trainer.parameters();
        batch.add(List.of(
                new SampleRequest("a", 0, new int[] {1, 2, 3, 4, 5}, 1), new SampleRequest("b", 0, new int[] {1}, 1)));
        while (batch.active() > 0) {
            batch.advance(weights, 1);
        }
        trainer.logProbs(examples, 1);
        trainer.accumulate(examples, LossSettings.crossEntropy(1));
        trainer.apply(1e-4);
        trainer.restore(trainer.optimizerState());
    }
}
