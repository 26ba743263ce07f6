package dev.tracerl.ops.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who works on a run.
 *
 * @param runId the run
 * @param status its newest status
 * @param deployments deployments that are assigned to it
 * @param members whether services are at work on its topics, assigned or not
 */
public record RunActivity(String runId, Optional<RunStatus> status, List<String> deployments, boolean members) {

    public RunActivity {
        deployments = List.copyOf(deployments);
    }

    /** What is known now. */
    public static RunActivity of(Connection connection, AvroSerdes serdes, String runId) {
        RunStatus status =
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId);
        List<String> deployments = TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).values().stream()
                .filter(assignment -> runId.equals(assignment.getRunId()))
                .map(Assignment::getDeployment)
                .toList();
        return new RunActivity(runId, Optional.ofNullable(status), deployments, members(connection, runId));
    }

    private static boolean members(Connection connection, String runId) {
        RunTopics topics = RunTopics.of(runId);
        Map<String, Boolean> groups = new RunGroups(connection).of(runId);
        return Stream.of(topics.client("reward-stream"), topics.client("rollout"))
                .anyMatch(group -> groups.getOrDefault(group, false));
    }

    /** Whether the run has ended, well or not. */
    public boolean isOver() {
        return status.filter(RunStates::isOver).isPresent();
    }

    /** Why the run may change any moment, and what to do; empty if it is at rest. */
    public Optional<String> problem() {
        if (isOver() || (deployments.isEmpty() && !members)) {
            return Optional.empty();
        }
        String where = deployments.isEmpty()
                ? "services are still at work on run %s: wait until they have stopped".formatted(runId)
                : "run %s is running on deployment %s: stop it first, with tracerl stop --run %s"
                        .formatted(runId, String.join(" and ", deployments), runId);
        return Optional.of(where);
    }
}
