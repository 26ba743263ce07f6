package dev.tracerl.ops.replay;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.stack.DataDir;
import dev.tracerl.ops.stack.Installation;
import dev.tracerl.ops.stack.StackException;
import dev.tracerl.ops.stack.TrainerJob;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Has the trainer's jar train recorded steps again.
 *
 * @param installation where the jar is
 * @param dataDir folder for its log
 * @param connection broker and registry
 * @param screen shows how it goes
 */
public record Replayer(Installation installation, Path dataDir, Connection connection, Screen screen) {

    private static final long POLL_MILLIS = 200;

    /**
     * Replays and waits for the end.
     *
     * @throws BadInputException if the log lacks what it takes to train the steps again
     * @throws StackException if something else went wrong
     */
    public ReplayResult replay(String runId, long from, long to) {
        long started = System.nanoTime();
        DataDir dir = new DataDir(dataDir).create();
        Path report = report(dir);
        Map<String, String> task = Map.of(
                "TRACERL_REPLAY_RUN", runId,
                "TRACERL_REPLAY_FROM", String.valueOf(from),
                "TRACERL_REPLAY_TO", String.valueOf(to),
                "TRACERL_REPLAY_REPORT", report.toString());
        ReplayProgress progress = new ReplayProgress(screen);
        try (TrainerJob job = TrainerJob.start(installation, dir, "replay", connection, task)) {
            screen.status("starting the trainer");
            follow(job, new ReplayLines(report), progress);
            screen.clear();
            return progress.result(runId, from, to, (System.nanoTime() - started) / 1e9);
        } finally {
            delete(report);
        }
    }

    private static void follow(TrainerJob job, ReplayLines lines, ReplayProgress progress) {
        boolean alive = true;
        while (alive && !progress.isComplete() && !job.isInterrupted()) {
            alive = job.isAlive();
            lines.next().forEach(progress::add);
            pause();
        }
        if (job.isInterrupted()) {
            throw new StackException("interrupted; the log is as it was");
        }
        if (!progress.isComplete()) {
            throw new StackException("the trainer ended before the replay did; see " + job.log());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private static Path report(DataDir dir) {
        try {
            Path report = Files.createTempFile(dir.folder("replay"), "replay", ".jsonl");
            report.toFile().deleteOnExit(); // after Ctrl-C
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path report) {
        try {
            Files.deleteIfExists(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
