package dev.tracerl.verifiers.math.numeric;

import static dev.tracerl.verifiers.math.numeric.PreciseSampling.Finding.AGREE;
import static dev.tracerl.verifiers.math.numeric.PreciseSampling.Finding.DIFFER;
import static dev.tracerl.verifiers.math.numeric.PreciseSampling.Finding.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.math.parse.Answers;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PreciseSamplingTest {

    @Test
    void functionsAreRightToManyDigits() {
        // Given
        BigDecimal half = new BigDecimal("0.5");
        BigDecimal large = new BigDecimal("12345678.9");

        // When
        // Then
        assertThat(Digits.PI.toString())
                .startsWith("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899");
        assertThat(Digits.E.toString())
                .startsWith("2.71828182845904523536028747135266249775724709369995957496696762772407663035354759");
        assertThat(Digits.ln(BigDecimal.valueOf(2)).toString())
                .startsWith("0.69314718055994530941723212145817656807550013436025525412068000949339362196969471");
        assertThat(Digits.arctan(BigDecimal.ONE.divide(Digits.sqrt(BigDecimal.valueOf(3)), Digits.CONTEXT)))
                .satisfies(angle -> isClose(angle.multiply(BigDecimal.valueOf(6)), Digits.PI));
        isClose(Digits.ln(Digits.exp(half)), half);
        isClose(Digits.sin(large).pow(2).add(Digits.cos(large).pow(2)), BigDecimal.ONE);
        isClose(Digits.sin(large.add(Digits.PI)), Digits.sin(large).negate());
    }

    @Test
    void equalExpressionsAgree() {
        // When
        // Then
        assertThat(compare("\\sqrt[3]{2+\\sqrt5}+\\sqrt[3]{2-\\sqrt5}", "1")).isEqualTo(AGREE);
        assertThat(compare("\\frac{\\pi}{4}", "\\arctan\\frac12+\\arctan\\frac13"))
                .isEqualTo(AGREE);
        assertThat(compare("2\\ln a+\\ln b", "\\ln(a^2b)")).isEqualTo(AGREE);
        assertThat(compare("|x-7|", "|7-x|")).isEqualTo(AGREE);
        assertThat(compare("\\log_2(4x)", "2+\\frac{\\ln x}{\\ln 2}")).isEqualTo(AGREE);
    }

    @Test
    void whatIsAlmostEqualDiffers() {
        // When
        // Then
        assertThat(compare("e^{\\pi\\sqrt{163}}", "262537412640768744")).isEqualTo(DIFFER);
        assertThat(compare("\\sqrt2+\\sqrt3", "3.146264369941972")).isEqualTo(DIFFER);
        assertThat(compare("\\arcsin(\\sin\\frac{x}{5})", "\\frac{x}{5}")).isEqualTo(DIFFER);
        assertThat(compare("e^x", "e^x+10^{-20}")).isEqualTo(DIFFER);
    }

    @Test
    void nothingIsSaidOfWhatCannotBeTold() {
        // When
        // Then
        assertThat(compare("|x-10^{12}|", "10^{12}-x")).isEqualTo(NOTHING);
        assertThat(compare("|x+7|", "x+7")).isEqualTo(NOTHING);
        assertThat(compare("n!", "n")).isEqualTo(NOTHING);
        assertThat(compare("\\sin x+(10^{40}+\\cos x)-10^{40}", "\\sin x")).isEqualTo(NOTHING);
        assertThat(compare("\\sin x+10^{-40}\\cos x", "\\sin x")).isEqualTo(NOTHING);
        assertThat(compare("\\lfloor 3\\cdot\\frac13\\rfloor", "1")).isEqualTo(NOTHING);
    }

    private static PreciseSampling.Finding compare(String left, String right) {
        return PreciseSampling.compare(
                Answers.readings(left).get(0), Answers.readings(right).get(0));
    }

    private static void isClose(BigDecimal found, BigDecimal expected) {
        assertThat(found.subtract(expected).abs()).isLessThan(BigDecimal.ONE.movePointLeft(Digits.DIGITS - 10));
    }
}
