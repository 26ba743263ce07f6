package dev.tracerl.ops.trace;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.ArrayList;
import java.util.List;

/** Finds a trajectory on a run's log. */
public final class TraceFinder {

    private final Connection connection;
    private final AvroSerdes serdes;

    /** Looks on one broker. */
    public TraceFinder(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /**
     * The first trajectory with the id, which is the one that counts, with its verdict.
     *
     * @throws BadInputException if the run has none; says which it has
     */
    public Trace find(RunSpec run, String trajectoryId) {
        String groupId = group(trajectoryId);
        RunTopics topics = RunTopics.of(run.getRunId());
        List<Trajectory> found = new ArrayList<>();
        TopicReader.ofGroup(
                connection,
                serdes,
                topics.trajectories(),
                groupId,
                (key, value) -> value.filter(
                                trajectory -> trajectory.getTrajectoryId().equals(trajectoryId))
                        .ifPresent(found::add));
        if (found.isEmpty()) {
            throw new BadInputException(Absence.reason(connection, serdes, run, trajectoryId));
        }
        List<Verdict> verdicts = new ArrayList<>();
        TopicReader.ofGroup(
                connection,
                serdes,
                topics.verdicts(),
                groupId,
                (key, value) -> value.filter(
                                verdict -> verdict.getTrajectoryId().equals(trajectoryId))
                        .ifPresent(verdicts::add));
        return Trace.of(
                found.get(0),
                verdicts.stream().findFirst(),
                TokenNames.of(run.getModel().getTokenizer()));
    }

    static String group(String trajectoryId) {
        int slash = trajectoryId.lastIndexOf('/');
        return slash < 0 ? trajectoryId : trajectoryId.substring(0, slash);
    }
}
