package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void pausesDoubleUpToHalfAMinute() {
        // When
        var pauses = Stream.generate(() -> backoff.after(Duration.ofSeconds(2)).toSeconds())
                .limit(7)
                .toList();

        // Then
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aGoodLifeStartsAgainAtOneSecond() {
        // Given
        backoff.after(Duration.ofSeconds(2));
        backoff.after(Duration.ofSeconds(2));

        // When
        Duration pause = backoff.after(Duration.ofMinutes(2));

        // Then
        assertThat(pause).isEqualTo(Duration.ofSeconds(1));
    }
}
