package dev.tracerl.ops.follow;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.client.Connection;
import java.util.List;

/** Follows one run from the beginning of its topics until it is finished or has failed. */
public final class RunFollower {

    private final RunProgress progress;
    private final RunListener listener;
    private boolean caughtUp;

    private RunFollower(RunSpec spec, RunListener listener) {
        this.progress = new RunProgress(spec);
        this.listener = listener;
    }

    /**
     * Follows a run and returns when it has ended and all of its records are read.
     *
     * @return what happened; the status says whether it is finished or has failed
     */
    public static RunProgress follow(Connection connection, AvroSerdes serdes, RunSpec spec, RunListener listener) {
        RunFollower follower = new RunFollower(spec, listener);
        try (LogReader reader = new LogReader(connection, follower.sources(serdes))) {
            return follower.follow(reader);
        }
    }

    private RunProgress follow(LogReader reader) {
        reader.readToEnd();
        caughtUp = true;
        listener.caughtUp(progress);
        while (!hasEnded()) {
            reader.poll();
            listener.tick(progress);
        }
        reader.readToEnd();
        return progress;
    }

    private boolean hasEnded() {
        return progress.status()
                .map(status -> status.getState() == RunState.FINISHED || status.getState() == RunState.FAILED)
                .orElse(false);
    }

    private List<LogSource<?>> sources(AvroSerdes serdes) {
        RunTopics topics = RunTopics.of(progress.spec().getRunId());
        Totals totals = progress.totals();
        return List.of(
                LogSource.of(serdes, Topics.RUN_STATUS, progress::add),
                LogSource.of(serdes, topics.rolloutRequests(), totals::add),
                LogSource.of(serdes, topics.trajectories(), trajectory -> {
                    totals.add(trajectory);
                    progress.solutions().add(trajectory);
                }),
                LogSource.of(serdes, topics.verdicts(), verdict -> {
                    totals.add(verdict);
                    progress.solutions().add(verdict);
                }),
                LogSource.of(serdes, topics.groupOutcomes(), progress::add),
                LogSource.of(serdes, topics.weightsHistory(), progress::add),
                LogSource.of(serdes, topics.trainSteps(), this::step),
                LogSource.of(serdes, topics.evaluations(), this::evaluated));
    }

    private void step(TrainStep step) {
        progress.add(step);
        if (caughtUp) {
            listener.step(step);
        }
    }

    private void evaluated(Evaluation evaluation) {
        progress.add(evaluation);
        if (caughtUp) {
            listener.evaluated(evaluation);
        }
    }
}
