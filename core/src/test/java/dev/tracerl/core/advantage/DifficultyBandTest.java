package dev.tracerl.core.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DifficultyBandTest {

    private static final DifficultyBand BAND = new DifficultyBand(0.25, 0.75);

    @Test
    void bothEndsBelongToTheBand() {
        // When
        boolean lower = BAND.accepts(new double[] {1, 0, 0, 0});
        boolean upper = BAND.accepts(new double[] {1, 1, 1, 0});

        // Then
        assertThat(lower).isTrue();
        assertThat(upper).isTrue();
    }

    @Test
    void groupsOutsideAreRefused() {
        // When
        boolean hard = BAND.accepts(new double[] {0, 0});
        boolean easy = BAND.accepts(new double[] {1, 1});
        boolean empty = BAND.accepts(new double[0]);

        // Then
        assertThat(hard).isFalse();
        assertThat(easy).isFalse();
        assertThat(empty).isFalse();
    }

    @Test
    void reversedBandIsRefused() {
        // When
        // Then
        assertThatThrownBy(() -> new DifficultyBand(0.8, 0.2))
                .hasMessage("min is 0.8, must be at most max, which is 0.2");
    }
}
