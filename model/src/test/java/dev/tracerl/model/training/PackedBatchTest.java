package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.LogSoftmax;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PackedBatchTest {
    private static Network network;

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    /** 70 blocks make several tiles; measured 4e-6. */
    @Test
    void longExamplesScoreLikeThePlainTransformer() {
        // Given
        ModelConfig config = Models.sized(23, 512);
        Parameters weights = Models.strong(config, 61);
        List<PackedExample> examples = List.of(Examples.packed(config, 41, 60, 62), Examples.packed(config, 3, 2, 63));

        // When
        float[][] logProbs;
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, weights, OptimizerSettings.published())) {
            logProbs = trainer.logProbs(examples, 1);
        }

        // Then
        PlainTransformer plain = new PlainTransformer(weights);
        for (int i = 0; i < examples.size(); i++) {
            PackedExample example = examples.get(i);
            double[][] scores = plain.scores(example);
            for (int t = 0; t < example.targets().length; t++) {
                double[] row = scores[example.targets()[t]];
                row[config.maskTokenId()] = Double.NEGATIVE_INFINITY;
                assertThat((double) logProbs[i][t])
                        .isCloseTo(LogSoftmax.logProb(row, example.labels()[t]), within(2e-5));
            }
        }
    }

    /** Measured: 8e-7 of the largest entry. */
    @Test
    void gradientIsTheSumOverExamplesOfAnyLength() {
        // Given
        ModelConfig config = Models.sized(23, 2048);
        Parameters weights = Models.strong(config, 64);
        List<PackedExample> examples = spread(config, 12);

        // When
        double[] together = Gradients.of(network, weights, List.of(examples), ComputeSettings.standard());
        double[] apart =
                Gradients.of(network, weights, examples.stream().map(List::of).toList(), ComputeSettings.standard());

        // Then
        assertThat(Gradients.difference(together, apart)).isLessThan(1e-5);
    }

    /** Measured: 5e-7 of the largest entry. */
    @Test
    void gradientOfResponsesToOnePromptIsTheSumOverThem() {
        // Given
        ModelConfig config = Models.sized(23, 512);
        Parameters weights = Models.strong(config, 69);
        List<PackedExample> examples = Examples.group(config, 61, 8, 70);

        // When
        double[] together = Gradients.of(network, weights, List.of(examples), ComputeSettings.standard());
        double[] apart =
                Gradients.of(network, weights, examples.stream().map(List::of).toList(), ComputeSettings.standard());

        // Then
        assertThat(Gradients.difference(together, apart)).isLessThan(1e-5);
    }

    /** 60 of the prompt's 61 tokens are whole blocks. */
    @Test
    void theirPromptStandsOnce() {
        // Given
        List<PackedExample> examples = Examples.group(Models.sized(23, 512), 61, 8, 70);

        // When
        int rows = new PackedBatch(examples).rows();

        // Then
        int real = examples.stream().mapToInt(PackedExample::rows).sum() - 7 * 60;
        assertThat(rows).isBetween(real, (int) (1.3 * real));
    }

    /** Measured: 5 %. */
    @Test
    void lengthsThatDifferCostLittlePadding() {
        // Given
        List<PackedExample> examples = spread(Models.sized(23, 2048), 40);

        // When
        int rows = new PackedBatch(examples).rows();

        // Then
        int real = examples.stream().mapToInt(PackedExample::rows).sum();
        assertThat(rows).isBetween(real, (int) (1.08 * real));
    }

    /** With this vocabulary 32 targets are scored at a time; measured 1.4e-7 of the largest entry. */
    @Test
    void gradientInChunksOfTargetsIsThatOfAllTogether() {
        // Given
        ModelConfig config = Models.sized(1 << 18, 256);
        Parameters weights = Models.strong(config, 65);
        PackedExample whole = Examples.packed(config, 5, 16, 66);
        PackedExample chunk = Examples.packed(config, 5, 4, 67);

        // When
        double[] together = Gradients.of(network, weights, List.of(List.of(whole, chunk)), ComputeSettings.standard());
        double[] apart =
                Gradients.of(network, weights, List.of(List.of(whole), List.of(chunk)), ComputeSettings.standard());

        // Then
        assertThat(whole.targets().length).isGreaterThan(32);
        assertThat(Gradients.difference(together, apart)).isLessThan(1e-5);
    }

    /** Log-normal lengths with a mean of 40 % of the longest, 800 tokens. */
    private static List<PackedExample> spread(ModelConfig config, int count) {
        SplittableRandom random = new SplittableRandom(68);
        List<PackedExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double length = 250 * Math.exp(0.6 * random.nextGaussian());
            int blocks = (int) Math.max(1, Math.min(200, length / 4));
            examples.add(Examples.packed(config, random.nextInt(20, 200), blocks + 50, i));
        }
        return examples;
    }
}
