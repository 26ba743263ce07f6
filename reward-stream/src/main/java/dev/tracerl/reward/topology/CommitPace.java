package dev.tracerl.reward.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a commit when a record was read, but not too often. While there is a backlog it leaves commits to the interval
 * of Kafka Streams, which is longer: a commit costs the same for few records as for many, and what is late may wait a
 * little more.
 */
final class CommitPace {

    private final ProcessorContext<?, ?> context;
    private final CommitClock clock;
    private final Duration between;
    private @Nullable Cancellable waiting;

    /** @param between time between two commits */
    CommitPace(ProcessorContext<?, ?> context, CommitClock clock, Duration between) {
        this.context = context;
        this.clock = clock;
        this.between = between;
    }

    /** A record was read. */
    void read(Record<?, ?> found) {
        long now = context.currentSystemTimeMs();
        clock.read(found.timestamp(), now);
        if (clock.isBehind(now)) {
            return;
        }
        if (!clock.isAsked(now, between)) {
            ask(now);
        } else if (waiting == null) {
            waiting = context.schedule(between, PunctuationType.WALL_CLOCK_TIME, this::passed);
        }
    }

    private void passed(long now) {
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
        ask(now);
    }

    private void ask(long now) {
        clock.asked(now);
        context.commit();
    }
}
