package dev.tracerl.ops.follow;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows one run until it is finished or has failed. What it has done is taken from the topics with one record per step,
 * group or version; whoever joins late does not read the responses of a long run.
 */
public final class RunFollower {

    /** Newest responses of each partition that are read of what is on the log already; a response may be megabytes. */
    static final long NEWEST_RESPONSES = 32;

    /** Newest judgments of each partition; they are small, and markers of transactions are among them. */
    static final long NEWEST_VERDICTS = 512;

    private final RunProgress progress;
    private final RunListener listener;
    private final RunTopics topics;
    private final Assignees assignees;
    private boolean caughtUp;

    private RunFollower(RunSpec spec, RunListener listener) {
        this.progress = new RunProgress(spec);
        this.listener = listener;
        this.topics = RunTopics.of(spec.getRunId());
        this.assignees = new Assignees(spec.getRunId());
    }

    /**
     * Follows a run and returns when it has ended and all of its records are read. Responses are not read at all. A run
     * that loses its services has not ended: the listener decides.
     *
     * @return what happened; the status says whether it is finished or has failed
     */
    public static RunProgress follow(Connection connection, AvroSerdes serdes, RunSpec spec, RunListener listener) {
        RunFollower follower = new RunFollower(spec, listener);
        try (LogReader reader = new LogReader(connection, follower.sources(connection, serdes))) {
            return follower.follow(reader);
        }
    }

    /**
     * The same for whoever wants to know of responses, too: those that come from now on, and the newest that are there. The
     * times of the others are estimated.
     */
    public static RunProgress followResponses(
            Connection connection, AvroSerdes serdes, RunSpec spec, RunListener listener) {
        RunFollower follower = new RunFollower(spec, listener);
        List<LogSource<?>> sources = new ArrayList<>(follower.sources(connection, serdes));
        sources.addAll(follower.responses(serdes));
        try (LogReader reader = new LogReader(connection, sources)) {
            follower.progress
                    .totals()
                    .unread(reader.skipped(follower.topics.trajectories()), reader.skipped(follower.topics.verdicts()));
            return follower.follow(reader);
        }
    }

    private RunProgress follow(LogReader reader) {
        reader.readToEnd();
        caughtUp = true;
        listener.caughtUp(progress);
        boolean alone = assignees.none();
        while (!hasEnded()) {
            reader.poll();
            alone = tellServices(reader, alone);
            listener.tick(progress);
        }
        reader.readToEnd();
        return progress;
    }

    /** Services leave a run that has ended, too, and that may be read later. */
    private boolean tellServices(LogReader reader, boolean wasAlone) {
        if (assignees.none() == wasAlone) {
            return wasAlone;
        }
        reader.readToEnd();
        boolean alone = assignees.none();
        if (alone && !wasAlone && !hasEnded()) {
            listener.left(assignees.departure());
        } else if (!alone && wasAlone) {
            listener.returned();
        }
        return alone;
    }

    private boolean hasEnded() {
        return progress.status().filter(RunStates::isOver).isPresent();
    }

    /** A deleted run of the same name may have left its end on the topic of statuses. */
    private List<LogSource<?>> sources(Connection connection, AvroSerdes serdes) {
        long since = TopicReader.sinceDeletion(
                connection, Topics.RUN_STATUS, progress.spec().getRunId());
        return List.of(
                LogSource.of(serdes, Topics.RUN_STATUS, progress::add).from(since),
                LogSource.of(serdes, Topics.ASSIGNMENTS, assignees::add),
                LogSource.of(serdes, topics.groupOutcomes(), progress::add),
                LogSource.of(serdes, topics.weightsHistory(), progress::add),
                LogSource.of(serdes, topics.trainSteps(), this::step),
                LogSource.of(serdes, topics.evaluations(), this::evaluated));
    }

    private List<LogSource<?>> responses(AvroSerdes serdes) {
        Totals totals = progress.totals();
        return List.of(
                LogSource.of(serdes, topics.trajectories(), trajectory -> {
                            totals.add(trajectory);
                            progress.solutions().add(trajectory);
                        })
                        .newest(NEWEST_RESPONSES),
                LogSource.of(serdes, topics.verdicts(), verdict -> {
                            totals.add(verdict);
                            progress.solutions().add(verdict);
                        })
                        .newest(NEWEST_VERDICTS));
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
