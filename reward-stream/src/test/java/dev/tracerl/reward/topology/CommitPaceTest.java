package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final Duration BETWEEN = Duration.ofMillis(30);
    private static final long START = 1_000_000;
    private static final long LATE = CommitClock.LATE.toMillis();

    private final CommitClock clock = new CommitClock();
    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private final CommitPace pace = new CommitPace(context, clock, BETWEEN);

    @Test
    void aRecordThatIsReadAsItComesIsCommittedAtOnce() {
        // When
        read(START, START - 20);

        // Then
        assertThat(context.committed()).isTrue();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void thoseThatFollowCloselyShareOneCommitAfterTheInterval() {
        // Given
        read(START, START - 20);
        context.resetCommit();
        read(START + 1, START);
        read(START + 2, START);
        boolean early = context.committed();

        // When
        waiting().forEach(each -> each.getPunctuator().punctuate(START + 31));

        // Then
        assertThat(early).isFalse();
        assertThat(context.committed()).isTrue();
        assertThat(context.scheduledPunctuators()).hasSize(1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void theTasksOfAnInstanceShareTheInterval() {
        // Given
        MockProcessorContext<String, String> other = new MockProcessorContext<>();
        other.setCurrentSystemTimeMs(START);
        new CommitPace(other, clock, BETWEEN).read(new Record<>("key", "value", START));

        // When
        read(START + 1, START);

        // Then
        assertThat(other.committed()).isTrue();
        assertThat(context.committed()).isFalse();
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void aBacklogLeavesCommitsToTheLongerInterval() {
        // When
        read(START, START - LATE - 1);
        read(START + 100, START);

        // Then
        assertThat(context.committed()).isFalse();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void afterABacklogCommitsComeAtOnceAgain() {
        // Given
        read(START, START - LATE - 1);

        // When
        read(START + LATE, START + LATE);

        // Then
        assertThat(context.committed()).isTrue();
    }

    private void read(long now, long timestamp) {
        context.setCurrentSystemTimeMs(now);
        pace.read(new Record<>("key", "value", timestamp));
    }

    private List<CapturedPunctuator> waiting() {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .toList();
    }
}
