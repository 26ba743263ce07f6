package dev.tracerl.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectionTest {

    @ParameterizedTest
    @CsvSource({
        "CLIP, 0.1, 1",
        "CLIP, 9, 1",
        "TIS, 0.1, 0.1",
        "TIS, 2, 2",
        "TIS, 9, 2",
        "ICEPOP, 0.4, 0",
        "ICEPOP, 0.5, 0.5",
        "ICEPOP, 2, 2",
        "ICEPOP, 2.1, 0",
        "DECOUPLED, 0.1, 0.1",
        "DECOUPLED, 2, 2",
        "DECOUPLED, 2.1, 0"
    })
    void weightsAreFunctionsOfTheRatioOfTheStepsFirstPolicyToTheSamplingOne(
            Correction.Kind kind, double ratio, double weight) {
        // Given
        Correction correction = new Correction(kind, 0.4999, 2.0001);

        // Then
        assertThat(correction.weight(Math.log(ratio) - 3, -3)).isCloseTo(weight, within(2e-4));
    }

    @ParameterizedTest
    @CsvSource({"TIS", "ICEPOP", "DECOUPLED"})
    void aRatioThatIsNoNumberHasNoWeight(Correction.Kind kind) {
        assertThat(new Correction(kind, 0.5, 2).weight(Double.NaN, 0)).isZero();
        assertThat(new Correction(kind, 0.5, 2).weight(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isZero();
    }

    @Test
    void aWeightMayMultiplyTheAdvantageInstead() {
        // Given
        Random random = new Random(3);
        ClippedSurrogate surrogate = new ClippedSurrogate(0.2);
        for (int i = 0; i < 1000; i++) {
            double d = random.nextGaussian();
            double advantage = random.nextGaussian();
            double weight = Math.exp(random.nextGaussian());

            // Then
            assertThat(surrogate.value(d, weight * advantage))
                    .isCloseTo(weight * surrogate.value(d, advantage), within(1e-12));
            assertThat(surrogate.derivative(d, weight * advantage))
                    .isCloseTo(weight * surrogate.derivative(d, advantage), within(1e-12));
        }
    }

    @Test
    void boundsMustBeInOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Correction(Correction.Kind.ICEPOP, 2, 0.5))
                .withMessageContaining("[2.0, 0.5]");
    }
}
