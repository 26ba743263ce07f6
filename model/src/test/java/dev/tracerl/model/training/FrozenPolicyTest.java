package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrozenPolicyTest {
    private static Network network;

    private final ModelConfig config = Models.tiny();
    private final Parameters weights = Models.strong(config, 5);
    private final List<PackedExample> examples = Examples.packed(config, 4, 41);

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void logProbabilitiesAreThoseOfATrainerThatHasNotTrained() {
        // When
        float[][] frozen;
        try (FrozenPolicy policy = new FrozenPolicy(network, config, weights, Precision.F32)) {
            frozen = policy.logProbs(examples, 0.8);
        }

        // Then
        try (PolicyTrainer trainer = trainer()) {
            assertThat(frozen).isDeepEqualTo(trainer.logProbs(examples, 0.8));
        }
    }

    @Test
    void aReferenceThatIsTheOldPolicyChangesNothing() {
        // Given
        LossSettings settings = new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.1, KlEstimator.K3, 0.8, 1);
        List<PackedExample> referenced = examples.stream()
                .map(example -> example.withReference(example.oldLogProbs()))
                .toList();

        // Then
        try (PolicyTrainer plain = trainer();
                PolicyTrainer anchored = trainer()) {
            assertThat(anchored.accumulate(referenced, settings)).isEqualTo(plain.accumulate(examples, settings));
        }
    }

    @Test
    void eitherAllExamplesHaveAReferenceOrNone() {
        // Given
        PackedExample other = examples.get(0).withReference(examples.get(0).oldLogProbs());

        // Then
        assertThatThrownBy(() -> new PackedBatch(List.of(other, examples.get(1))))
                .hasMessage("packed examples: 1 of 2 have reference log-probabilities; all must have them or none");
    }

    private PolicyTrainer trainer() {
        return new PolicyTrainer(network, config, weights, OptimizerSettings.published());
    }
}
