package dev.tracerl.ops.run;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Optional;

/**
 * A run that a deployment works on and that has not ended.
 *
 * @param status its newest; none before it has begun
 */
public record CurrentRun(RunSpec spec, Optional<RunStatus> status) {

    /** The one of a deployment; none if that is idle, its run has ended or is not on the log any more. */
    static Optional<CurrentRun> of(String deployment, Connection connection, AvroSerdes serdes) {
        Assignment assignment =
                TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).get(deployment);
        if (assignment == null || assignment.getRunId() == null) {
            return Optional.empty();
        }
        String runId = assignment.getRunId();
        RunSpec spec = TopicReader.latest(connection, serdes, Topics.RUNS).get(runId);
        RunStatus status =
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId);
        return spec == null || (status != null && RunStates.isOver(status))
                ? Optional.empty()
                : Optional.of(new CurrentRun(spec, Optional.ofNullable(status)));
    }

    /** The run's id. */
    public String runId() {
        return spec.getRunId();
    }

    /** How far it is, as in "at step 52 of 480". */
    public String progress() {
        return "at step %d of %d"
                .formatted(
                        status.map(RunStatus::getStep).orElse(0L),
                        spec.getStop().getMaxSteps());
    }
}
