package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.TensorBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PolicyTrainerTest {
    private static final LossSettings CLIPPED =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.1, KlEstimator.K3, 1, 1);
    private static final OptimizerSettings ADAM = new OptimizerSettings(0.9, 0.99, 1e-6, 0.1, 0.5);
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
    void sameInputsGiveTheSameBits() {
        // When
        byte[] first = train(5);
        byte[] second = train(5);

        // Then
        assertThat(second).isEqualTo(first).isNotEqualTo(initial.toSafetensors().toArray());
    }

    private byte[] train(int steps) {
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, initial, ADAM)) {
            for (int step = 0; step < steps; step++) {
                step(trainer);
            }
            return trainer.parameters().toSafetensors().toArray();
        }
    }

    private void step(PolicyTrainer trainer) {
        trainer.accumulate(examples.subList(0, 5), CLIPPED);
        trainer.accumulate(examples.subList(5, 12), CLIPPED);
        trainer.apply(1e-3);
    }

    @Test
    void restoredTrainerContinuesWithTheSameBits() {
        // Given
        Parameters parameters;
        TensorBytes state;
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, initial, ADAM)) {
            step(trainer);
            step(trainer);
            parameters = trainer.parameters();
            state = trainer.optimizerState();
        }

        // When
        byte[] continued;
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, parameters, ADAM)) {
            trainer.restore(state);
            step(trainer);
            continued = trainer.parameters().toSafetensors().toArray();
        }

        // Then
        assertThat(continued).isEqualTo(train(3));
    }

    /** Decoupled weight decay on matrices, global-norm clip, bias-corrected moments; measured 1e-7. */
    @Test
    void stepsAreThoseOfAdamW() {
        // Given
        double[] expected = flat(initial.tensors());
        double[] first = new double[expected.length];
        double[] second = new double[expected.length];
        boolean[] matrix = matrices(initial);
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, initial, ADAM)) {
            for (int step = 1; step <= 3; step++) {
                trainer.accumulate(examples, CLIPPED);
                double[] gradient = flat(trainer.gradient().tensors());
                double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());

                // When
                double reported = trainer.apply(1e-2);

                // Then
                assertThat(reported).isCloseTo(norm, within(1e-5 * norm));
                for (int i = 0; i < expected.length; i++) {
                    double g = gradient[i] * Math.min(1, 0.5 / norm);
                    first[i] = 0.9 * first[i] + 0.1 * g;
                    second[i] = 0.99 * second[i] + 0.01 * g * g;
                    double update = first[i]
                            / (1 - Math.pow(0.9, step))
                            / (Math.sqrt(second[i] / (1 - Math.pow(0.99, step))) + 1e-6);
                    expected[i] -= 1e-2 * (update + (matrix[i] ? 0.1 * expected[i] : 0));
                }
                assertThat(flat(trainer.parameters().tensors())).containsExactly(expected, within(1e-5));
                expected = flat(trainer.parameters().tensors());
            }
        }
    }

    @Test
    void trainingOnOneBatchLowersItsLoss() {
        // Given
        LossSettings settings = LossSettings.crossEntropy(1);
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, initial, OptimizerSettings.published())) {
            double before = trainer.accumulate(examples, settings).loss();
            trainer.apply(3e-3);

            // When
            for (int step = 0; step < 30; step++) {
                trainer.accumulate(examples, settings);
                trainer.apply(3e-3);
            }

            // Then
            assertThat(trainer.accumulate(examples, settings).loss()).isLessThan(0.7 * before);
        }
    }

    @Test
    void diagnosticsAreMeansOverTargets() {
        // Given
        List<PackedExample> onPolicy = new ArrayList<>();
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, initial, ADAM)) {
            float[][] logProbs = trainer.logProbs(examples, 1);
            for (int i = 0; i < logProbs.length; i++) {
                onPolicy.add(withLogProbs(examples.get(i), logProbs[i]));
            }

            // When
            StepLoss loss = trainer.accumulate(onPolicy, CLIPPED);

            // Then
            assertThat(loss.ratioMean()).isCloseTo(1, within(1e-5));
            assertThat(loss.ratioSquareMean()).isCloseTo(1, within(1e-5));
            assertThat(loss.effectiveSampleShare()).isCloseTo(1, within(1e-5));
            assertThat(loss.meanKl()).isCloseTo(0, within(1e-6));
            assertThat(loss.clipFraction()).isZero();
            assertThat(loss.loss()).isEqualTo(loss.policyLoss() + loss.klLoss());
            assertThat(loss.targets())
                    .isEqualTo(
                            examples.stream().mapToInt(e -> e.targets().length).sum());
        }
    }

    @Test
    void lossThatIsNotFiniteNamesItsExamplesAndChangesNothing() {
        // Given
        List<PackedExample> broken = new ArrayList<>(examples);
        for (int index : new int[] {2, 7}) {
            float[] logProbs = examples.get(index).oldLogProbs().clone();
            logProbs[0] = Float.NaN;
            broken.set(index, withLogProbs(examples.get(index), logProbs));
        }
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, initial, ADAM)) {

            // When / Then
            assertThatThrownBy(() -> trainer.accumulate(broken, CLIPPED))
                    .isInstanceOfSatisfying(
                            NonFiniteLossException.class,
                            e -> assertThat(e.examples()).containsExactly(2, 7))
                    .hasMessage("loss is NaN in examples [2, 7] of the micro-batch");
            assertThat(trainer.apply(1e-3)).isZero();
        }
    }

    @Test
    void examplesWithoutTargetsAddNothing() {
        // Given
        PackedExample empty = new PackedExample(
                new int[4],
                new int[] {0, 1, 2, 3},
                new int[] {4, 4, 4, 4},
                new int[] {-1, -1, -1, -1},
                4,
                new int[0],
                new int[0],
                new float[0],
                new float[0],
                new float[0],
                new float[0]);
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, initial, ADAM)) {

            // When / Then
            assertThat(trainer.accumulate(List.of(empty), CLIPPED)).isEqualTo(StepLoss.none());
            assertThat(trainer.logProbs(List.of(empty, examples.get(0)), 1)[0]).isEmpty();
        }
    }

    private static PackedExample withLogProbs(PackedExample example, float[] logProbs) {
        return new PackedExample(
                example.tokens(),
                example.positions(),
                example.clean(),
                example.copy(),
                example.cleanLength(),
                example.targets(),
                example.labels(),
                example.advantages(),
                logProbs,
                example.weights(),
                new float[0]);
    }

    private static double[] flat(List<NamedTensor> tensors) {
        double[] values = new double
                [tensors.stream()
                        .mapToInt(tensor -> tensor.data().remaining() / Float.BYTES)
                        .sum()];
        int next = 0;
        for (NamedTensor tensor : tensors) {
            ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            while (data.hasRemaining()) {
                values[next++] = data.getFloat();
            }
        }
        return values;
    }

    private static boolean[] matrices(Parameters parameters) {
        boolean[] matrix = new boolean[Math.toIntExact(parameters.count())];
        int next = 0;
        for (NamedTensor tensor : parameters.tensors()) {
            int size = tensor.data().remaining() / Float.BYTES;
            Arrays.fill(matrix, next, next + size, tensor.shape().size() > 1);
            next += size;
        }
        return matrix;
    }
}
