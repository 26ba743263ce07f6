package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.loss.LogSoftmax;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.ReferenceRow;
import dev.tracerl.core.pack.ReferenceRows;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GradientTest {
    private static final LossSettings CLIPPED =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.1, KlEstimator.K3, 0.8, 1);

    private static Network network;

    private final ModelConfig config = Models.config(true, true, true);
    private final Parameters weights = Models.strong(config, 5);

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    /** One packed sequence against one row for each round of all blocks; measured 4e-7 of the largest entry. */
    @ParameterizedTest
    @MethodSource("dev.tracerl.model.network.Models#shapes")
    void packedGradientIsThatOfTheReferenceRows(ModelConfig config) {
        Parameters weights = Models.strong(config, 6);
        for (TracedResponse trace : Examples.traces(config, 4, 21)) {
            // Given
            PackedExample packed = TracePacker.pack(trace, Examples.settings(config));
            List<ReferenceRow> rows = ReferenceRows.absolute(trace, Examples.settings(config));
            List<PackedExample> reference = rows.stream()
                    .map(row -> Examples.of(row, trace, Examples.settings(config)))
                    .toList();

            // When
            double[] ours = gradient(weights, List.of(packed), CLIPPED);
            double[] theirs = gradient(weights, reference, CLIPPED);

            // Then
            double largest = largest(theirs);
            for (int i = 0; i < ours.length; i++) {
                assertThat(ours[i]).isCloseTo(theirs[i], within(1e-5 * largest));
            }
        }
    }

    /** Central differences of the loss along random directions; the loss is float32, hence the tolerance. */
    @ParameterizedTest
    @EnumSource(LossSettings.Kind.class)
    void gradientIsTheSlopeOfTheLoss(LossSettings.Kind kind) {
        // Given
        LossSettings settings = new LossSettings(kind, 0.9, 0.1, KlEstimator.K3, 0.8, 1);
        List<PackedExample> examples = Examples.packed(config, 5, 22);
        double[] gradient = gradient(weights, examples, settings);
        double norm = 0;
        for (double each : gradient) {
            norm += each * each;
        }
        double step = 2e-3 / Math.sqrt(norm);

        // When
        double slope = (loss(Flat.moved(weights, gradient, step), examples, settings)
                        - loss(Flat.moved(weights, gradient, -step), examples, settings))
                / (2 * step);

        // Then
        assertThat(slope).isCloseTo(norm, within(5e-3 * norm));
    }

    /** Entry by entry against differences of the plain transformer's loss in double precision. */
    @Test
    void singleEntriesAreDifferencesOfThePlainTransformersLoss() {
        // Given
        LossSettings settings = LossSettings.crossEntropy(1).withTemperature(0.8);
        List<PackedExample> examples = Examples.packed(config, 2, 23);
        double[] gradient = gradient(weights, examples, settings);
        double largest = largest(gradient);
        for (int i = 17; i < gradient.length; i += 397) {
            double[] direction = new double[gradient.length];
            direction[i] = 1;
            double step = 1e-2;

            // When
            double slope = (plainLoss(Flat.moved(weights, direction, step), examples)
                            - plainLoss(Flat.moved(weights, direction, -step), examples))
                    / (2 * step);

            // Then
            assertThat(gradient[i]).isCloseTo(slope, within(2e-3 * largest));
        }
    }

    private double plainLoss(Parameters parameters, List<PackedExample> examples) {
        PlainTransformer plain = new PlainTransformer(parameters);
        double loss = 0;
        for (PackedExample example : examples) {
            double[][] scores = plain.scores(example);
            for (int t = 0; t < example.targets().length; t++) {
                double[] row = scores[example.targets()[t]];
                row[config.maskTokenId()] = Double.NEGATIVE_INFINITY;
                for (int v = 0; v < row.length; v++) {
                    row[v] /= 0.8;
                }
                loss -= example.weights()[t] * LogSoftmax.logProb(row, example.labels()[t]);
            }
        }
        return loss;
    }

    private static double[] gradient(Parameters weights, List<PackedExample> examples, LossSettings settings) {
        ModelConfig config = weights.config();
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, weights, OptimizerSettings.published())) {
            trainer.accumulate(examples, settings);
            return Flat.values(trainer.gradient());
        }
    }

    private double loss(Parameters parameters, List<PackedExample> examples, LossSettings settings) {
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, parameters, OptimizerSettings.published())) {
            return trainer.accumulate(examples, settings).loss();
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
