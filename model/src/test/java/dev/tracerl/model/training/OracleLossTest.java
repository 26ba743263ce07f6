package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.ClippedSurrogate;
import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.loss.LogSoftmax;
import dev.tracerl.core.loss.LossInputs;
import dev.tracerl.core.loss.LossOutputs;
import dev.tracerl.core.loss.TraceRlLoss;
import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random traces, lengths, prompts and masks in every layout: the kernel against the plain transformer and plain loss. */
class OracleLossTest {
    private static final double TEMPERATURE = 0.8;
    private static final TraceRlLoss ORACLE = new TraceRlLoss(new ClippedSurrogate(0.2), 0.1, KlEstimator.K3);
    private static final LossSettings SETTINGS =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.1, KlEstimator.K3, TEMPERATURE, 1);

    private static Network network;

    private final ModelConfig config = Models.config(false, true, false);
    private final Parameters weights = Models.strong(config, 8);

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    /** Tolerance relative to the sum of absolute losses. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void lossIsTheOracles(Layout layout) {
        // Given
        List<PackedExample> examples = Examples.packed(config, layout, 12, 31);

        // When
        StepLoss ours = accumulate(examples).loss;

        // Then
        List<LossOutputs> oracle = oracle(new PlainTransformer(weights), examples);
        double scale = oracle.stream().mapToDouble(o -> Math.abs(o.loss())).sum();
        assertThat(ours.policyLoss())
                .isCloseTo(oracle.stream().mapToDouble(LossOutputs::policyLoss).sum(), within(1e-5 * scale));
        assertThat(ours.klLoss())
                .isCloseTo(oracle.stream().mapToDouble(LossOutputs::klLoss).sum(), within(1e-5 * scale));
    }

    /** The KL term to a third policy, here one that knows the labels a little better or worse. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void withAReferenceLossAndGradientAreTheOraclesToo(Layout layout) {
        // Given
        List<PackedExample> examples = Examples.packed(config, layout, 3, 33).stream()
                .map(OracleLossTest::referenced)
                .toList();

        // When
        Accumulated ours = accumulate(examples);

        // Then
        List<LossOutputs> oracle = oracle(new PlainTransformer(weights), examples);
        double kl = oracle.stream().mapToDouble(LossOutputs::klLoss).sum();
        double norm = Math.sqrt(dot(ours.gradient, ours.gradient));
        double[] direction = direction(ours.gradient.length, 3);
        assertThat(ours.loss.klLoss()).isCloseTo(kl, within(1e-5 * kl));
        assertThat(slope(examples, direction)).isCloseTo(dot(ours.gradient, direction), within(2e-3 * norm));
    }

    private static PackedExample referenced(PackedExample example) {
        SplittableRandom random = new SplittableRandom(4);
        float[] reference = example.oldLogProbs().clone();
        for (int t = 0; t < reference.length; t++) {
            reference[t] += (float) random.nextDouble(-0.5, 0.5);
        }
        return example.withReference(reference);
    }

    /** Along the gradient and along random directions; central differences in steps that float32 weights can hold. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void gradientIsTheSlopeOfTheOraclesLoss(Layout layout) {
        // Given
        List<PackedExample> examples = Examples.packed(config, layout, 3, 32);

        // When
        double[] gradient = accumulate(examples).gradient;

        // Then
        double norm = Math.sqrt(dot(gradient, gradient));
        double[] along = IntStream.range(0, gradient.length)
                .mapToDouble(i -> gradient[i] / norm)
                .toArray();
        assertThat(slope(examples, along)).isCloseTo(norm, within(2e-3 * norm));
        for (int seed = 0; seed < 2; seed++) {
            double[] direction = direction(gradient.length, seed);
            assertThat(slope(examples, direction)).isCloseTo(dot(gradient, direction), within(2e-3 * norm));
        }
    }

    private double slope(List<PackedExample> examples, double[] direction) {
        double step = 1e-3;
        return (loss(Flat.moved(weights, direction, step), examples)
                        - loss(Flat.moved(weights, direction, -step), examples))
                / (2 * step);
    }

    private static double loss(Parameters parameters, List<PackedExample> examples) {
        return oracle(new PlainTransformer(parameters), examples).stream()
                .mapToDouble(LossOutputs::loss)
                .sum();
    }

    private static List<LossOutputs> oracle(PlainTransformer plain, List<PackedExample> examples) {
        return examples.stream()
                .map(example -> ORACLE.evaluate(inputs(plain.scores(example), example)))
                .toList();
    }

    private static LossInputs inputs(double[][] scores, PackedExample example) {
        int count = example.targets().length;
        double[] logProbs = new double[count];
        double[] old = new double[count];
        double[] advantages = new double[count];
        double[] weights = new double[count];
        for (int t = 0; t < count; t++) {
            double[] row = scores[example.targets()[t]].clone();
            for (int v = 0; v < row.length; v++) {
                row[v] /= TEMPERATURE;
            }
            row[row.length - 1] = Double.NEGATIVE_INFINITY; // the mask is the last token
            logProbs[t] = LogSoftmax.logProb(row, example.labels()[t]);
            old[t] = example.oldLogProbs()[t];
            advantages[t] = example.advantages()[t];
            weights[t] = example.weights()[t];
        }
        double[] reference = old.clone();
        for (int t = 0; example.hasReference() && t < count; t++) {
            reference[t] = example.referenceLogProbs()[t];
        }
        return new LossInputs(logProbs, old, advantages, weights, reference);
    }

    private record Accumulated(StepLoss loss, double[] gradient) {}

    private Accumulated accumulate(List<PackedExample> examples) {
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, weights, OptimizerSettings.published())) {
            StepLoss loss = trainer.accumulate(examples, SETTINGS);
            return new Accumulated(loss, Flat.values(trainer.gradient()));
        }
    }

    /** Of length 1. */
    private static double[] direction(int length, long seed) {
        double[] values = new SplittableRandom(seed).doubles(length, -1, 1).toArray();
        double norm = Math.sqrt(dot(values, values));
        return IntStream.range(0, length).mapToDouble(i -> values[i] / norm).toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
