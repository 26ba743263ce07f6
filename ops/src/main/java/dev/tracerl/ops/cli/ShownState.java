package dev.tracerl.ops.cli;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The states of runs as the commands show them. A status says what a run's services wrote last; whether any is assigned
 * to the run still, the assignments say.
 *
 * @param assigned runs that a deployment is assigned to
 */
record ShownState(Set<String> assigned) {

    /** State of a run that could go on, but that no deployment works on. */
    static final String PAUSED = "PAUSED";

    ShownState {
        assigned = Set.copyOf(assigned);
    }

    /** According to the newest assignments. */
    static ShownState of(Connection connection, AvroSerdes serdes) {
        return of(TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).values());
    }

    static ShownState of(Collection<Assignment> assignments) {
        return new ShownState(assignments.stream()
                .map(Assignment::getRunId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
    }

    String state(RunStatus status) {
        return RunStates.isOver(status) || assigned.contains(status.getRunId())
                ? status.getState().name()
                : PAUSED;
    }

    String reason(RunStatus status) {
        return state(status).equals(PAUSED)
                ? "no deployment is assigned to it: tracerl start --run " + status.getRunId()
                : status.getReason();
    }
}
