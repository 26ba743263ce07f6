package dev.tracerl.rollout.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeShareTest {

    @Test
    void aRoundMustBeMatchedByTheOthersBeforeTheNext() {
        // Given
        TimeShare share = new TimeShare(0.1);
        boolean atFirst = share.open();

        // When
        share.completions(100);
        share.others(899);
        boolean early = share.open();
        share.others(1);

        // Then
        assertThat(atFirst).isTrue();
        assertThat(early).isFalse();
        assertThat(share.open()).isTrue();
    }

    @Test
    void timeWithoutCompletionsIsNotSaved() {
        // Given
        TimeShare share = new TimeShare(0.5);
        share.others(1_000_000);

        // When
        share.completions(10);

        // Then
        assertThat(share.open()).isFalse();
    }

    @Test
    void theWholeShareIsNeverClosed() {
        // Given
        TimeShare share = new TimeShare(1);

        // When
        share.completions(100);

        // Then
        assertThat(share.open()).isTrue();
    }
}
