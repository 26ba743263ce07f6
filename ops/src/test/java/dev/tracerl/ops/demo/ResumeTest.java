package dev.tracerl.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumeTest {

    private static final Overrides NONE =
            new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final DemoState.Settings SETTINGS = new DemoState.Settings(7, 4, 100, 0.9);
    private static final Optional<DemoState> UNFINISHED =
            Optional.of(new DemoState(2, SETTINGS, new DemoState.Seconds(1, 2, 3), false));

    @Test
    void theFirstDemoIsNumberOne() {
        // When // Then
        assertThat(Resume.attempt(Optional.empty(), false)).isEqualTo(1);
        assertThat(Resume.attempt(Optional.empty(), true)).isEqualTo(1);
    }

    @Test
    void anUnfinishedDemoGoesOnWithItsSettingsAndItsTime() {
        // Given
        int attempt = Resume.attempt(UNFINISHED, false);

        // When
        Overrides overrides = Resume.overrides(UNFINISHED, attempt, NONE);

        // Then
        assertThat(attempt).isEqualTo(2);
        assertThat(overrides)
                .isEqualTo(new Overrides(Optional.of(7L), Optional.of(4), Optional.of(100L), Optional.of(0.9)));
        assertThat(Resume.state(UNFINISHED, attempt, SETTINGS).seconds().total())
                .isEqualTo(6);
    }

    @Test
    void aFreshDemoTakesTheNextNumberAndForgetsTheSettings() {
        // Given
        int attempt = Resume.attempt(UNFINISHED, true);

        // When
        Overrides overrides = Resume.overrides(UNFINISHED, attempt, NONE);

        // Then
        assertThat(attempt).isEqualTo(3);
        assertThat(overrides).isEqualTo(NONE);
        assertThat(Resume.state(UNFINISHED, attempt, SETTINGS).seconds().total())
                .isZero();
    }

    @Test
    void flagsThatContradictTheUnfinishedDemoAreRefused() {
        // Given
        Overrides other = new Overrides(Optional.of(8L), Optional.of(4), Optional.of(50L), Optional.empty());

        // When // Then
        assertThatThrownBy(() -> Resume.overrides(UNFINISHED, 2, other))
                .isInstanceOf(DemoException.class)
                .hasMessage("a demo with other settings is there (--seed 7, --steps 100): continue it without these"
                        + " flags, or start another one with --fresh");
    }
}
