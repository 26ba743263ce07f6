package dev.tracerl.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.schedule.LearningRateSchedule.Kind;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateScheduleTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void warmUpRisesLinearlyToThePeak(Kind kind) {
        // Given
        LearningRateSchedule schedule = new LearningRateSchedule(kind, 1.0, 4, 14, 0.1);

        // When
        double[] rates = LongStream.rangeClosed(0, 4).mapToDouble(schedule::at).toArray();

        // Then
        assertThat(rates).containsExactly(0.25, 0.5, 0.75, 1.0, 1.0);
    }

    @Test
    void cosineFallsToItsShareOfThePeakAndStays() {
        // Given
        LearningRateSchedule schedule = new LearningRateSchedule(Kind.COSINE, 2.0, 0, 10, 0.1);

        // When
        double[] rates = LongStream.of(0, 5, 10, 1000).mapToDouble(schedule::at).toArray();

        // Then
        assertThat(rates).containsExactly(new double[] {2.0, 1.1, 0.2, 0.2}, within(1e-12));
    }

    @Test
    void linearFallsEvenly() {
        // Given
        LearningRateSchedule schedule = new LearningRateSchedule(Kind.LINEAR, 1.0, 0, 4, 0);

        // When
        double[] rates = LongStream.rangeClosed(0, 5).mapToDouble(schedule::at).toArray();

        // Then
        assertThat(rates).containsExactly(new double[] {1, 0.75, 0.5, 0.25, 0, 0}, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void withoutATotalTheRateStaysAtThePeak(Kind kind) {
        // Given
        LearningRateSchedule schedule = new LearningRateSchedule(kind, 3e-4, 2, 0, 0);

        // When
        double rate = schedule.at(1_000_000_000_000L);

        // Then
        assertThat(rate).isEqualTo(3e-4);
    }

    @Test
    void constantIsConstant() {
        // When
        LearningRateSchedule schedule = LearningRateSchedule.constant(1e-6);

        // Then
        assertThat(LongStream.range(0, 10).mapToDouble(schedule::at)).containsOnly(1e-6);
    }

    @Test
    void boundsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> new LearningRateSchedule(Kind.COSINE, 0, 0, 1, 0))
                .hasMessage("peak is 0.0, must be finite and positive");
        assertThatThrownBy(() -> new LearningRateSchedule(Kind.COSINE, 1, -1, 1, 0))
                .hasMessage("warmupSteps is -1, must be at least 0");
        assertThatThrownBy(() -> new LearningRateSchedule(Kind.COSINE, 1, 5, 4, 0))
                .hasMessage("totalSteps is 4, must be 0 or at least warmupSteps, which is 5");
        assertThatThrownBy(() -> new LearningRateSchedule(Kind.COSINE, 1, 0, 4, 2))
                .hasMessage("minScale is 2.0, must be in [0, 1]");
        assertThatThrownBy(() -> LearningRateSchedule.constant(1).at(-1)).hasMessage("step is -1, must be at least 0");
    }
}
