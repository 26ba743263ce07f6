package dev.tracerl.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClippedValueLossTest {

    private final ClippedValueLoss loss = new ClippedValueLoss(0.2);

    @Test
    void aValueNearTheOldOneHasItsSquaredError() {
        // When
        double found = loss.value(0.1, 0, 1);

        // Then
        assertThat(found).isCloseTo(0.5 * 0.9 * 0.9, within(1e-12));
        assertThat(loss.derivative(0.1, 0, 1)).isCloseTo(-0.9, within(1e-12));
    }

    @Test
    void aValueThatCameTooFarTowardsItsTargetMovesNoFurther() {
        // When
        double found = loss.value(0.5, 0, 1);

        // Then
        assertThat(found).isCloseTo(0.5 * 0.8 * 0.8, within(1e-12));
        assertThat(loss.derivative(0.5, 0, 1)).isZero();
        assertThat(loss.clipped(0.5, 0, 1)).isTrue();
    }

    @Test
    void aValueThatWentFarTheWrongWayIsPulledBack() {
        // When
        double derivative = loss.derivative(-0.5, 0, 1);

        // Then
        assertThat(derivative).isCloseTo(-1.5, within(1e-12));
        assertThat(loss.clipped(-0.5, 0, 1)).isFalse();
    }

    @Test
    void theGradientIsTheSlopeOfTheLoss() {
        // Given
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            double value = random.nextDouble(-1, 1);
            double old = random.nextDouble(-1, 1);
            double target = random.nextDouble(-1, 1);

            // When
            double slope = (loss.value(value + 1e-7, old, target) - loss.value(value - 1e-7, old, target)) / 2e-7;

            // Then
            assertThat(loss.derivative(value, old, target)).isCloseTo(slope, within(1e-6));
        }
    }

    @Test
    void aBatchIsTheWeightedSum() {
        // Given
        ValueLossInputs inputs =
                new ValueLossInputs(new double[] {0.1, 0.5}, new double[2], new double[] {1, 1}, new double[] {2, 0.5});

        // When
        ValueLossOutputs outputs = loss.evaluate(inputs);

        // Then
        assertThat(outputs.loss()).isCloseTo(0.81 + 0.16, within(1e-12));
        assertThat(outputs.clipFraction()).isEqualTo(0.5);
        assertThat(outputs.gradient()).containsExactly(new double[] {-1.8, 0}, within(1e-12));
    }

    @Test
    void explainedVarianceIsOneForPerfectValuesAndZeroForTheMean() {
        double[] returns = {1, -1, 0.5, 2};
        double[] mean = {0.625, 0.625, 0.625, 0.625};
        assertThat(ExplainedVariance.of(returns, returns)).isEqualTo(1);
        assertThat(ExplainedVariance.of(mean, returns)).isCloseTo(0, within(1e-12));
        assertThat(ExplainedVariance.of(new double[] {-1, 1, -0.5, -2}, returns))
                .isLessThan(-2);
    }

    @Test
    void nothingIsExplainedWhereNothingVaries() {
        assertThat(ExplainedVariance.of(new double[] {1, 2, 3}, new double[] {0.1, 0.1, 0.1}))
                .isZero();
        assertThat(ExplainedVariance.of(new double[0], new double[0])).isZero();
    }

    @Test
    void aClipThatIsNotPositiveIsRefused() {
        assertThatThrownBy(() -> new ClippedValueLoss(0)).hasMessage("epsilon is 0.0, must be finite and positive");
    }
}
