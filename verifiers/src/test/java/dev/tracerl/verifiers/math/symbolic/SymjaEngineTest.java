package dev.tracerl.verifiers.math.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SymjaEngineTest {

    /** One process for all that do not need their own. */
    private static final SymjaEngine ENGINE = new SymjaEngine(20_000);

    @AfterAll
    static void stop() {
        ENGINE.close();
    }

    @Test
    void identitiesAreProved() {
        // When
        // Then
        assertThat(ENGINE.equal(expr("\\sin 2x"), expr("2\\sin x\\cos x"))).isEqualTo(Decision.EQUAL);
        assertThat(ENGINE.equal(expr("\\sqrt[3]{2+\\sqrt{5}}+\\sqrt[3]{2-\\sqrt{5}}"), expr("1")))
                .isEqualTo(Decision.EQUAL);
        assertThat(ENGINE.equal(expr("\\sin 2x"), expr("2\\sin x"))).isEqualTo(Decision.DIFFERENT);
        assertThat(ENGINE.equal(expr("|x|"), expr("x"))).isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void valuesAreNoProofWhereOnlyOneSideIsOfPieces() {
        // When
        // Then
        assertThat(ENGINE.equal(expr("|x-10^{12}|"), expr("10^{12}-x"))).isEqualTo(Decision.UNKNOWN);
        assertThat(ENGINE.equal(expr("\\lfloor\\frac{x}{10^{12}}\\rfloor+x"), expr("x")))
                .isEqualTo(Decision.UNKNOWN);
        assertThat(ENGINE.equal(expr("|x-7|"), expr("7-x"))).isEqualTo(Decision.DIFFERENT);
        assertThat(ENGINE.equal(expr("|x+7|"), expr("x+7"))).isEqualTo(Decision.UNKNOWN);
        assertThat(ENGINE.equal(expr("|x-7|"), expr("|7-x|"))).isEqualTo(Decision.EQUAL);
    }

    @Test
    void roundingOfLargeValuesIsNoDifference() {
        // Given
        String further = "+\\frac{x}{12345678901234567890}".repeat(6); // too long to be simplified

        // When
        // Then
        assertThat(ENGINE.equal(expr("\\cosh^2 x-\\sinh^2 x" + further), expr("1" + further)))
                .isEqualTo(Decision.EQUAL);
        assertThat(ENGINE.equal(expr("2^{x^5}" + further), expr("2^{x\\cdot x^4}" + further)))
                .isEqualTo(Decision.EQUAL);
    }

    @Test
    void aTermThatIsLostBesideALargerOneIsNoEquality() {
        // When
        // Then
        assertThat(ENGINE.equal(expr("1+10^{100}(e^{-200}\\cos x+10^{50}-10^{50})"), expr("1")))
                .isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void aSlowQuestionIsGivenUpAndTheNextOneIsAnswered() {
        // Given
        try (SymjaEngine hasty = new SymjaEngine(0)) {
            // When
            // Then
            assertThatThrownBy(() -> hasty.equal(expr("\\sin 2x"), expr("2\\sin x\\cos x")))
                    .isInstanceOf(SymbolicTimeoutException.class)
                    .hasMessage("symbolic comparison took longer than 0 ms");
            assertThatThrownBy(() -> hasty.equal(expr("x"), expr("x"))).isInstanceOf(SymbolicTimeoutException.class);
        }
    }

    @Test
    void aFailedStartIsRepeatedAfterAPause() {
        // Given
        AtomicLong clock = new AtomicLong();
        AtomicInteger starts = new AtomicInteger();
        SymjaEngine.Starter second = () -> {
            if (starts.incrementAndGet() == 1) {
                throw new IOException("no memory");
            }
            return WorkerProcess.start();
        };
        try (SymjaEngine engine = new SymjaEngine(20_000, second, clock::get)) {
            assertThatThrownBy(() -> engine.equal(expr("\\sin 2x"), expr("2\\sin x\\cos x")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("symbolic mathematics failed: no memory");

            // When
            clock.set(SymjaEngine.PAUSE_NANOS - 1);
            assertThatThrownBy(() -> engine.equal(expr("\\sin 2x"), expr("2\\sin x\\cos x")))
                    .hasMessage("symbolic mathematics failed: no memory");
            clock.set(SymjaEngine.PAUSE_NANOS);

            // Then
            assertThat(starts).hasValue(1);
            assertThat(engine.equal(expr("\\sin 2x"), expr("2\\sin x\\cos x"))).isEqualTo(Decision.EQUAL);
            assertThat(starts).hasValue(2);
        }
    }

    @Test
    void whatHasNoSymbolicFormIsNotAsked() {
        // Given
        try (SymjaEngine engine = new SymjaEngine(0)) {
            // When
            // Then
            assertThat(engine.equal(expr("f(x)"), expr("x"))).isEqualTo(Decision.UNKNOWN);
            assertThat(engine.equal(expr("(1,2)"), expr("x"))).isEqualTo(Decision.UNKNOWN);
        }
    }

    private static Expr expr(String text) {
        return Answers.readings(text).get(0);
    }
}
