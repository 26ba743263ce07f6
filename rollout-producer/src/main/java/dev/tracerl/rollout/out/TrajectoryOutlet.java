package dev.tracerl.rollout.out;

import dev.tracerl.rollout.group.SampledTrajectory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Turns finished responses into text and records on a thread of its own, so that the engine can go on. When that thread
 * falls behind, the engine does the work itself, which holds it back.
 */
public final class TrajectoryOutlet implements Consumer<SampledTrajectory>, AutoCloseable {

    private static final int WAITING = 1024;
    private static final Duration STOP = Duration.ofSeconds(1);

    private final TrajectoryRecords records;
    private final RecordPublisher publisher;
    private final Clock clock;
    private final ThreadPoolExecutor thread;

    /** @param onFailure told of what could not be written; its group stays uncommitted */
    public TrajectoryOutlet(
            TrajectoryRecords records, RecordPublisher publisher, Clock clock, Consumer<Throwable> onFailure) {
        this.records = records;
        this.publisher = publisher;
        this.clock = clock;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> {
                    Thread writer = new Thread(task, "write-trajectories");
                    writer.setDaemon(true);
                    writer.setUncaughtExceptionHandler((failed, cause) -> onFailure.accept(cause));
                    return writer;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    @Override
    public void accept(SampledTrajectory sampled) {
        thread.execute(() -> publisher.publish(
                records.of(sampled, clock.instant()),
                sampled.group().traceparent(),
                sampled.group().receipt()::samplePublished));
    }

    /** Writes what was accepted. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
