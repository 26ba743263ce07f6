package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.HostTensors;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.TensorBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainableTest {
    private static final LossSettings CLIPPED =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.1, KlEstimator.K3, 1, 1);
    private static final OptimizerSettings ADAM = new OptimizerSettings(0.9, 0.99, 1e-6, 0.1, 0.5);

    /** The first and the last part of a group of three, a whole group, a part of another, and a vector. */
    private static final List<String> SOME = List.of(
            "model.layers.0.self_attn.q_proj.weight",
            "model.layers.0.self_attn.v_proj.weight",
            "model.layers.0.mlp.down_proj.weight",
            "model.layers.1.mlp.up_proj.weight",
            "model.norm.weight");

    private static Network network;

    private final ModelConfig config = Models.tiny();
    private final Parameters initial = Models.strong(config, 1);
    private final List<PackedExample> examples = Examples.packed(config, 12, 31);

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void gradientOfAPartIsThatOfTheWholeBitForBit() {
        // Given
        Map<String, ByteBuffer> whole;
        try (PolicyTrainer trainer = trainer(new Trainable.All())) {
            trainer.accumulate(examples, CLIPPED);
            whole = byName(trainer.trainedGradient());
        }

        // When
        Map<String, ByteBuffer> part;
        try (PolicyTrainer trainer = trainer(new Trainable.Named(SOME))) {
            trainer.accumulate(examples, CLIPPED);
            part = byName(trainer.trainedGradient());
        }

        // Then
        assertThat(part.keySet()).containsExactlyElementsOf(SOME);
        part.forEach((name, gradient) -> assertThat(gradient).as(name).isEqualTo(whole.get(name)));
    }

    @Test
    void frozenParametersKeepTheirBitsAndTheOthersMove() {
        // Given
        Map<String, ByteBuffer> before = byName(initial.tensors());
        try (PolicyTrainer trainer = trainer(new Trainable.Named(SOME))) {

            // When
            for (int step = 0; step < 3; step++) {
                trainer.accumulate(examples, CLIPPED);
                trainer.apply(1e-2);
            }

            // Then
            byName(trainer.parameters().tensors()).forEach((name, value) -> {
                if (SOME.contains(name)) {
                    assertThat(value).as(name).isNotEqualTo(before.get(name));
                } else {
                    assertThat(value).as(name).isEqualTo(before.get(name));
                }
            });
        }
    }

    /** The network that samples and recomputes is the one that is trained, also where only a part of a tensor is. */
    @Test
    void trainedPartsCountWhenTheNetworkIsEvaluated() {
        // Given
        try (PolicyTrainer trainer = trainer(new Trainable.Named(SOME))) {
            trainer.accumulate(examples, CLIPPED);
            trainer.apply(1e-2);

            // When
            float[][] logProbs = trainer.logProbs(examples, 1);

            // Then
            try (PolicyTrainer copy =
                    new PolicyTrainer(network, config, trainer.parameters(), OptimizerSettings.published())) {
                assertThat(copy.logProbs(examples, 1)).isDeepEqualTo(logProbs);
            }
        }
    }

    @Test
    void normIsThatOfTheTrainedGradientsOnly() {
        // Given
        try (PolicyTrainer trainer = trainer(new Trainable.Named(SOME))) {
            trainer.accumulate(examples, CLIPPED);
            double squares = 0;
            for (ByteBuffer gradient : byName(trainer.trainedGradient()).values()) {
                while (gradient.hasRemaining()) {
                    double value = gradient.getFloat();
                    squares += value * value;
                }
            }

            // When / Then
            assertThat(trainer.apply(1e-3)).isCloseTo(Math.sqrt(squares), within(1e-5 * Math.sqrt(squares)));
        }
    }

    @Test
    void namingAllParametersIsTrainingAll() {
        assertThat(train(new Trainable.Named(Trainable.names(config)))).isEqualTo(train(new Trainable.All()));
    }

    private byte[] train(Trainable trainable) {
        try (PolicyTrainer trainer = trainer(trainable)) {
            for (int step = 0; step < 2; step++) {
                trainer.accumulate(examples, CLIPPED);
                trainer.apply(1e-3);
            }
            return trainer.parameters().toSafetensors().toArray();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lm_head.weight", "model.norm.weight"})
    void aMatrixOrAVectorAloneIsTrained(String name) {
        // Given
        Trainable one = new Trainable.Named(List.of(name));
        try (PolicyTrainer trainer = trainer(one)) {
            double before =
                    trainer.accumulate(examples, LossSettings.crossEntropy(1)).loss();
            trainer.apply(1e-2);

            // When
            double after =
                    trainer.accumulate(examples, LossSettings.crossEntropy(1)).loss();

            // Then
            assertThat(after).isLessThan(before);
        }
    }

    @Test
    void aTiedHeadIsTrainedWithItsEmbedding() {
        // Given
        ModelConfig tied = Models.config(true, false, true);
        Trainable embedding = new Trainable.Named(List.of("model.embed_tokens.weight"));
        Map<String, ByteBuffer> whole;
        try (PolicyTrainer trainer = new PolicyTrainer(
                network, tied, Models.strong(tied, 1), ADAM, ComputeSettings.standard(), new Trainable.All())) {
            trainer.accumulate(Examples.packed(tied, 3, 31), CLIPPED);
            whole = byName(trainer.trainedGradient());
        }
        try (PolicyTrainer trainer =
                new PolicyTrainer(network, tied, Models.strong(tied, 1), ADAM, ComputeSettings.standard(), embedding)) {

            // When
            trainer.accumulate(Examples.packed(tied, 3, 31), CLIPPED);

            // Then
            assertThat(byName(trainer.trainedGradient()).get("model.embed_tokens.weight"))
                    .isEqualTo(whole.get("model.embed_tokens.weight"));
        }
        assertThat(Trainable.names(tied)).doesNotContain("lm_head.weight");
    }

    @Test
    void optimizerStateHoldsTheTrainedParametersOnlyAndRestores() {
        // Given
        Trainable some = new Trainable.Named(SOME);
        TensorBytes state;
        Parameters parameters;
        byte[] expected;
        try (PolicyTrainer trainer = trainer(some)) {
            trainer.accumulate(examples, CLIPPED);
            trainer.apply(1e-3);
            state = trainer.optimizerState();
            parameters = trainer.parameters();
            trainer.accumulate(examples, CLIPPED);
            trainer.apply(1e-3);
            expected = trainer.parameters().toSafetensors().toArray();
        }
        long trained = byName(initial.tensors()).entrySet().stream()
                .filter(entry -> SOME.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().remaining())
                .sum();

        // When
        byte[] continued;
        try (PolicyTrainer trainer =
                new PolicyTrainer(network, config, parameters, ADAM, ComputeSettings.standard(), some)) {
            trainer.restore(state);
            trainer.accumulate(examples, CLIPPED);
            trainer.apply(1e-3);
            continued = trainer.parameters().toSafetensors().toArray();
        }

        // Then
        assertThat(continued).isEqualTo(expected);
        assertThat(state.size()).isBetween(2 * trained, 2 * trained + 2048);
    }

    @Test
    void optimizerStateOfOtherParametersIsRefused() {
        // Given
        TensorBytes state;
        try (PolicyTrainer trainer = trainer(new Trainable.Named(SOME))) {
            state = trainer.optimizerState();
        }
        List<String> others = List.of(SOME.get(0), "lm_head.weight");
        try (PolicyTrainer trainer = trainer(new Trainable.Named(others))) {

            // When / Then
            assertThatThrownBy(() -> trainer.restore(state))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("it lacks [lm_head.weight] and holds [model.layers.0.mlp.down_proj.weight");
        }
    }

    @Test
    void namesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> trainer(new Trainable.Named(List.of("model.nothing", "lm_head.weight"))))
                .hasMessage("the model has no parameters [model.nothing]");
        assertThatThrownBy(() -> new Trainable.Named(List.of())).hasMessage("no parameter to train is named");
    }

    private PolicyTrainer trainer(Trainable trainable) {
        return new PolicyTrainer(network, config, initial, ADAM, ComputeSettings.standard(), trainable);
    }

    private static Map<String, ByteBuffer> byName(HostTensors tensors) {
        return byName(tensors.tensors());
    }

    private static Map<String, ByteBuffer> byName(List<NamedTensor> tensors) {
        Map<String, ByteBuffer> byName = new LinkedHashMap<>();
        tensors.forEach(
                tensor -> byName.put(tensor.name(), tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN)));
        return byName;
    }
}
