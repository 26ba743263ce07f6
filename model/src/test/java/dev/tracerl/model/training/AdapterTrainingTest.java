package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.TensorBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdapterTrainingTest {
    private static final LossSettings CLIPPED =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.1, KlEstimator.K3, 1, 1);
    private static final OptimizerSettings ADAM = new OptimizerSettings(0.9, 0.99, 1e-6, 0.1, 0.5);
    private static Network network;

    private final ModelConfig config = Models.tiny();
    private final Parameters base = Models.strong(config, 1);
    private final Trainable.Adapted some = new Trainable.Adapted(
            new AdapterSettings(
                    2,
                    4,
                    List.of(
                            "model.layers.0.self_attn.q_proj.weight",
                            "model.layers.0.self_attn.v_proj.weight",
                            "model.layers.1.mlp.down_proj.weight",
                            "lm_head.weight")),
            7);
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
    void freshAdaptersChangeNothing() {
        // Given
        float[][] expected;
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, base, ADAM)) {
            expected = trainer.logProbs(examples, 1);
        }

        // When
        try (PolicyTrainer trainer = trainer(some)) {

            // Then
            assertThat(trainer.logProbs(examples, 1)).isDeepEqualTo(expected);
            assertThat(trainer.parameters().toSafetensors().toArray())
                    .isEqualTo(base.toSafetensors().toArray());
        }
    }

    /** dA = s B' dW and dB = s dW A' at the merged weights, for every matrix of every shape. */
    @ParameterizedTest
    @MethodSource("dev.tracerl.model.network.Models#shapes")
    void gradientsAreThoseOfTheMergedWeightsTimesTheOtherFactor(ModelConfig shape) {
        // Given
        AdapterSettings settings = new AdapterSettings(2, 3, AdapterSettings.candidates(shape));
        List<PackedExample> batch = Examples.packed(shape, 3, 31);
        Parameters weights = Models.strong(shape, 1);
        Adapters adapters;
        Map<String, float[]> gradient;
        try (PolicyTrainer trainer = new PolicyTrainer(
                network, shape, weights, ADAM, ComputeSettings.standard(), new Trainable.Adapted(settings, 7))) {
            trainer.accumulate(batch, CLIPPED);
            trainer.apply(0.1);
            adapters = trainer.adapters().orElseThrow();

            // When
            trainer.accumulate(batch, CLIPPED);
            gradient = byName(trainer.trainedGradient().tensors());
        }

        // Then
        Map<String, float[]> values = byName(adapters.tensors());
        Map<String, float[]> full = fullGradient(adapters.mergeInto(weights), batch);
        for (String target : settings.targets()) {
            String name = "base_model.model." + target.replace(".weight", ".lora_");
            float[] a = values.get(name + "A.weight");
            float[] b = values.get(name + "B.weight");
            float[] dw = full.get(target);
            int rows = b.length / 2;
            int columns = a.length / 2;
            double[] da = new double[a.length];
            double[] db = new double[b.length];
            for (int i = 0; i < dw.length; i++) {
                for (int k = 0; k < 2; k++) {
                    da[k * columns + i % columns] += 1.5 * b[i / columns * 2 + k] * dw[i];
                    db[i / columns * 2 + k] += 1.5 * dw[i] * a[k * columns + i % columns];
                }
            }
            assertThat(rows * columns).isEqualTo(dw.length);
            requireClose(name + "A", gradient.get(name + "A.weight"), da);
            requireClose(name + "B", gradient.get(name + "B.weight"), db);
        }
    }

    private static Map<String, float[]> fullGradient(Parameters weights, List<PackedExample> batch) {
        try (PolicyTrainer trainer = new PolicyTrainer(network, weights.config(), weights, ADAM)) {
            trainer.accumulate(batch, CLIPPED);
            return byName(trainer.trainedGradient().tensors());
        }
    }

    private static void requireClose(String name, float[] found, double[] expected) {
        double largest = 1e-6;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as(name + "[" + i + "]").isCloseTo(expected[i], within(1e-4 * largest));
        }
    }

    /** The sampler merges on the host, the trainer on the device; they differ by rounding. */
    @Test
    void theSamplersMergedWeightsAreTheTrainers() {
        // Given
        try (PolicyTrainer trainer = trainer(some)) {
            train(trainer, 3);

            // When
            Parameters merged = trainer.adapters().orElseThrow().mergeInto(base);

            // Then
            Map<String, float[]> trained = byName(trainer.parameters().tensors());
            byName(merged.tensors())
                    .forEach((name, values) ->
                            assertThat(values).as(name).containsExactly(trained.get(name), within(2e-6f)));
            try (PolicyTrainer whole = new PolicyTrainer(network, config, merged, ADAM)) {
                float[][] expected = trainer.logProbs(examples, 1);
                float[][] found = whole.logProbs(examples, 1);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found[i]).containsExactly(expected[i], within(2e-5f));
                }
            }
        }
    }

    @Test
    void theBaseIsFrozen() {
        // Given
        try (PolicyTrainer trainer = trainer(some)) {
            train(trainer, 3);
            assertThat(trainer.parameters().toSafetensors().toArray())
                    .isNotEqualTo(base.toSafetensors().toArray());

            // When
            trainer.restore(Adapters.initial(config, some.settings(), 8));

            // Then
            assertThat(trainer.parameters().toSafetensors().toArray())
                    .isEqualTo(base.toSafetensors().toArray());
        }
    }

    @Test
    void trainingLowersTheLoss() {
        // Given
        LossSettings settings = LossSettings.crossEntropy(1);
        try (PolicyTrainer trainer = trainer(some)) {
            double before = trainer.accumulate(examples, settings).loss();
            trainer.apply(1e-2);

            // When
            for (int step = 0; step < 30; step++) {
                trainer.accumulate(examples, settings);
                trainer.apply(1e-2);
            }

            // Then
            assertThat(trainer.accumulate(examples, settings).loss()).isLessThan(0.8 * before);
        }
    }

    @Test
    void restoredAdaptersContinueWithTheSameBits() {
        // Given
        Adapters adapters;
        TensorBytes state;
        byte[] expected;
        try (PolicyTrainer trainer = trainer(some)) {
            train(trainer, 2);
            adapters = Adapters.read(trainer.adapters().orElseThrow().toSafetensors(), config);
            state = trainer.optimizerState();
            train(trainer, 1);
            expected = trainer.adapters().orElseThrow().toSafetensors().toArray();
        }

        // When
        byte[] continued;
        try (PolicyTrainer trainer = trainer(some)) {
            trainer.restore(adapters);
            trainer.restore(state);
            train(trainer, 1);
            continued = trainer.adapters().orElseThrow().toSafetensors().toArray();
        }

        // Then
        assertThat(continued).isEqualTo(expected);
    }

    @Test
    void nothingIsKeptThatIsNotClosed() {
        // Given
        int before = network.keptTensors();

        // When
        try (PolicyTrainer trainer = trainer(some)) {
            train(trainer, 1);
            int kept = network.keptTensors();
            train(trainer, 3);
            trainer.logProbs(examples, 1);
            assertThat(network.keptTensors()).isEqualTo(kept);
        }

        // Then
        assertThat(network.keptTensors()).isEqualTo(before);
    }

    @Test
    void adaptersOfOtherSettingsAreRefused() {
        // Given
        AdapterSettings other = new AdapterSettings(1, 4, List.of("lm_head.weight"));
        try (PolicyTrainer trainer = trainer(some);
                PolicyTrainer whole = new PolicyTrainer(network, config, base, ADAM)) {

            // When / Then
            assertThatThrownBy(() -> trainer.restore(Adapters.initial(config, other, 7)))
                    .hasMessageContaining("rank=1")
                    .hasMessageContaining("cannot be trained as Adapted");
            assertThatThrownBy(() -> whole.restore(Adapters.initial(config, other, 7)))
                    .hasMessageContaining("cannot be trained as All");
            assertThat(whole.adapters()).isEmpty();
        }
    }

    private PolicyTrainer trainer(Trainable trainable) {
        return new PolicyTrainer(network, config, base, ADAM, ComputeSettings.standard(), trainable);
    }

    private void train(PolicyTrainer trainer, int steps) {
        for (int step = 0; step < steps; step++) {
            trainer.accumulate(examples.subList(0, 5), CLIPPED);
            trainer.accumulate(examples.subList(5, 12), CLIPPED);
            trainer.apply(1e-2);
        }
    }

    private static Map<String, float[]> byName(List<NamedTensor> tensors) {
        Map<String, float[]> byName = new HashMap<>();
        for (NamedTensor tensor : tensors) {
            ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            float[] floats = new float[data.remaining() / Float.BYTES];
            data.asFloatBuffer().get(floats);
            byName.put(tensor.name(), floats);
        }
        return byName;
    }
}
