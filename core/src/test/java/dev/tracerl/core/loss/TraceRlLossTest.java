package dev.tracerl.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TraceRlLossTest {

    private static final ClippedSurrogate SURROGATE = new ClippedSurrogate(0.2);

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1", // on policy
        "1.1, 1, 1.1", // within the interval
        "1.5, 1, 1.2", // clipped above: no more reward for going on
        "0.5, 1, 0.5", // pessimistic below
        "1.5, -1, -1.5",
        "0.5, -1, -0.8"
    })
    void surrogateIsTheSmallerOfPlainAndClipped(double ratio, double advantage, double expected) {
        // When
        double value = SURROGATE.value(Math.log(ratio), advantage);

        // Then
        assertThat(value).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(KlEstimator.class)
    void gradientIsTheDerivativeOfTheLoss(KlEstimator estimator) {
        // Given
        TraceRlLoss loss = new TraceRlLoss(SURROGATE, 0.3, estimator);
        SplittableRandom random = new SplittableRandom(8);
        double h = 1e-6;

        for (int round = 0; round < 200; round++) {
            LossInputs inputs = random(random, 3);

            // When
            double[] gradient = loss.evaluate(inputs).gradient();

            // Then
            for (int i = 0; i < 3; i++) {
                double slope = (loss.evaluate(moved(inputs, i, h)).loss()
                                - loss.evaluate(moved(inputs, i, -h)).loss())
                        / (2 * h);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
            }
        }
    }

    @Test
    void diagnosticsAreMeansOverTargets() {
        // Given
        double[] ratios = {1, 2, 0.5, 1};
        double[] newLogProbs = new double[4];
        for (int i = 0; i < 4; i++) {
            newLogProbs[i] = Math.log(ratios[i]);
        }
        LossInputs inputs = new LossInputs(
                newLogProbs, new double[4], new double[] {1, 1, 1, -1}, new double[] {0.1, 0.1, 0.1, 0.1});

        // When
        LossOutputs outputs = new TraceRlLoss(SURROGATE, 0.5, KlEstimator.K1).evaluate(inputs);

        // Then
        assertThat(outputs.clipFraction()).isEqualTo(0.25);
        assertThat(outputs.ratioMean()).isCloseTo(1.125, within(1e-12));
        assertThat(outputs.ratioSquareMean()).isCloseTo(6.25 / 4, within(1e-12));
        assertThat(outputs.meanKl()).isCloseTo(0, within(1e-12));
        assertThat(outputs.policyLoss()).isCloseTo(-0.1 * (1 + 1.2 + 0.5 - 1), within(1e-12));
        assertThat(outputs.loss()).isEqualTo(outputs.policyLoss() + outputs.klLoss());
    }

    @Test
    void noTargetsCostNothing() {
        // When
        LossOutputs outputs = new TraceRlLoss(SURROGATE, 0.1, KlEstimator.K3)
                .evaluate(new LossInputs(new double[0], new double[0], new double[0], new double[0]));

        // Then
        assertThat(outputs.loss()).isZero();
        assertThat(outputs.clipFraction()).isZero();
    }

    @Test
    void farRatiosStayFinite() {
        // Given
        LossInputs inputs = new LossInputs(
                new double[] {-1, -900}, new double[] {-900, -1}, new double[] {-1, 1}, new double[] {1, 1});

        // When
        LossOutputs outputs = new TraceRlLoss(SURROGATE, 1, KlEstimator.K3).evaluate(inputs);

        // Then
        assertThat(outputs.loss()).isFinite();
        assertThat(outputs.gradient()).containsExactly(1, 1);
    }

    @Test
    void thirdEstimatorIsNeverNegativeWithinTheLimit() {
        // When
        // Then
        for (double d = -10; d <= 10; d += 0.01) {
            assertThat(KlEstimator.K3.value(d)).isNotNegative();
        }
        assertThat(KlEstimator.K3.value(0)).isZero();
    }

    @Test
    void logProbabilityAndGradientHoldForHugeScores() {
        // Given
        double[] logits = {1000, 999, -1000};

        // When
        double logProb = LogSoftmax.logProb(logits, 1);
        double[] gradient = LogSoftmax.gradient(logits, 1, 2);

        // Then
        assertThat(logProb).isCloseTo(-Math.log1p(Math.E), within(1e-12));
        assertThat(gradient[0] + gradient[1] + gradient[2]).isCloseTo(0, within(1e-12));
        assertThat(gradient[1]).isCloseTo(2 * (1 - Math.exp(logProb)), within(1e-12));
    }

    @Test
    void boundsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> new ClippedSurrogate(0)).hasMessage("epsilon is 0.0, must be in (0, 1)");
        assertThatThrownBy(() -> new TraceRlLoss(SURROGATE, -1, KlEstimator.K1))
                .hasMessage("beta is -1.0, must be finite and at least 0");
        assertThatThrownBy(
                        () -> new LossInputs(new double[1], new double[1], new double[1], new double[1], new double[2]))
                .hasMessage("lengths differ: newLogProbs 1, referenceLogProbs 2");
        assertThatThrownBy(() -> new LossInputs(new double[1], new double[2], new double[1], new double[1]))
                .hasMessage("lengths differ: newLogProbs 1, oldLogProbs 2, advantages 1, weights 1");
    }

    private static LossInputs random(SplittableRandom random, int count) {
        double[][] values = new double[5][count];
        for (int i = 0; i < count; i++) {
            values[0][i] = -random.nextDouble(3);
            values[1][i] = -random.nextDouble(3);
            values[2][i] = random.nextDouble(-2, 2);
            values[3][i] = random.nextDouble();
            values[4][i] = -random.nextDouble(3);
        }
        return new LossInputs(values[0], values[1], values[2], values[3], values[4]);
    }

    private static LossInputs moved(LossInputs inputs, int i, double by) {
        double[] moved = inputs.newLogProbs().clone();
        moved[i] += by;
        return new LossInputs(
                moved, inputs.oldLogProbs(), inputs.advantages(), inputs.weights(), inputs.referenceLogProbs());
    }
}
