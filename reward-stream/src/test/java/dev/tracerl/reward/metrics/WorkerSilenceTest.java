package dev.tracerl.reward.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkerSilenceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final WorkerSilence silence = new WorkerSilence();

    @Test
    void silenceIsToldOnceAMinute() {
        assertThat(silence.isToBeTold(START)).isTrue();
        assertThat(silence.isToBeTold(START.plusSeconds(59))).isFalse();
        assertThat(silence.isToBeTold(START.plusSeconds(60))).isTrue();
        assertThat(silence.isToBeTold(START.plusSeconds(61))).isFalse();
    }

    @Test
    void aWorkerThatAnsweredOnceIsNoSilence() {
        // Given
        silence.end();

        // When // Then
        assertThat(silence.isToBeTold(START)).isFalse();
    }
}
