package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.LogSoftmax;
import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackedForwardTest {
    private static Network network;

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    /** Measured 3e-6 with scores up to 20. */
    private static final double TOLERANCE = 2e-5;

    @ParameterizedTest
    @MethodSource("dev.tracerl.model.network.Models#shapes")
    void logProbsAreThoseOfThePlainTransformer(ModelConfig config) {
        check(config, Examples.packed(config, 6, 11));
    }

    /** Groups that see only themselves, of different widths in one batch; and blocks that start with the response. */
    @ParameterizedTest
    @MethodSource("layouts")
    void logProbsInOtherLayoutsAreThoseOfThePlainTransformer(ModelConfig config, Layout layout) {
        check(config, Examples.packed(config, layout, 6, 13));
    }

    static Stream<Arguments> layouts() {
        return Models.shapes()
                .flatMap(config -> Stream.of(Layout.RESPONSE_BLOCKS, Layout.FULL, Layout.FULL_SHIFTED)
                        .map(layout -> Arguments.of(config, layout)));
    }

    @Test
    void examplesWithAndWithoutCleanTextGoTogether() {
        // Given
        ModelConfig config = Models.tiny();
        List<PackedExample> examples = new ArrayList<>(Examples.packed(config, Layout.FULL, 3, 14));
        examples.addAll(Examples.packed(config, 3, 15));

        // Then
        check(config, examples);
    }

    /** Two groups, the second after a prompt that begins like the first one's. */
    @ParameterizedTest
    @MethodSource("dev.tracerl.model.network.Models#shapes")
    void responsesToOnePromptScoreLikeThePlainTransformer(ModelConfig config) {
        List<PackedExample> examples = new ArrayList<>(Examples.group(config, 11, 5, 16));
        examples.addAll(Examples.group(config, 7, 3, 16));
        check(config, examples);
    }

    private static void check(ModelConfig config, List<PackedExample> examples) {
        // Given
        Parameters weights = Models.strong(config, 3);

        // When
        float[][] logProbs = logProbs(config, weights, examples, 0.7);

        // Then
        PlainTransformer plain = new PlainTransformer(weights);
        for (int i = 0; i < examples.size(); i++) {
            PackedExample example = examples.get(i);
            double[][] scores = plain.scores(example);
            for (int t = 0; t < example.targets().length; t++) {
                double[] row = scores[example.targets()[t]];
                row[config.maskTokenId()] = Double.NEGATIVE_INFINITY;
                for (int v = 0; v < row.length; v++) {
                    row[v] /= 0.7;
                }
                assertThat((double) logProbs[i][t])
                        .isCloseTo(LogSoftmax.logProb(row, example.labels()[t]), within(TOLERANCE));
            }
        }
    }

    @Test
    void paddingToLongerExamplesChangesNothing() {
        // Given
        ModelConfig config = Models.tiny();
        Parameters weights = Models.strong(config, 3);
        List<PackedExample> examples = Examples.packed(config, 8, 12);

        // When
        float[][] together = logProbs(config, weights, examples, 1);

        // Then
        for (int i = 0; i < examples.size(); i++) {
            float[] alone = logProbs(config, weights, List.of(examples.get(i)), 1)[0];
            assertThat(together[i])
                    .usingComparatorWithPrecision((float) TOLERANCE)
                    .containsExactly(alone);
        }
    }

    @Test
    void examplesThatSeePartsOfBlocksAreRefused() {
        // Given
        PackedExample example = new PackedExample(
                new int[] {1, 2, 3},
                new int[] {0, 1, 1},
                new int[] {2, 2, 1},
                new int[] {-1, -1, 0},
                2,
                new int[] {2},
                new int[] {2},
                new float[1],
                new float[1],
                new float[1],
                new float[0]);

        // When / Then
        assertThatThrownBy(() -> new PackedRows(example))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("packed example: row 2 sees a part of a block");
    }

    private static float[][] logProbs(
            ModelConfig config, Parameters weights, List<PackedExample> examples, double temperature) {
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, weights, OptimizerSettings.published())) {
            return trainer.logProbs(examples, temperature);
        }
    }
}
