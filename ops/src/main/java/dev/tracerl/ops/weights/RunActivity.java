package dev.tracerl.ops.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;

/**
 * Who works on a run.
 *
 * @param runId the run
 * @param status its newest status
 * @param deployments deployments that are assigned to it
 * @param members whether services are at work on its topics, assigned or not
 */
public record RunActivity(String runId, Optional<RunStatus> status, List<String> deployments, boolean members) {

    private static final Set<GroupState> AT_REST = EnumSet.of(GroupState.EMPTY, GroupState.DEAD, GroupState.UNKNOWN);

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
        Set<String> names = Set.of(topics.client("reward-stream"), topics.client("rollout"));
        try (Admin admin = Admin.create(connection.clientSettings())) {
            return admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                    .filter(group -> names.contains(group.groupId()))
                    .map(GroupListing::groupState)
                    .anyMatch(state -> state.filter(AT_REST::contains).isEmpty());
        } catch (ExecutionException e) {
            throw new KafkaException("the groups of run " + runId + " could not be listed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while listing groups", e);
        }
    }

    /** Whether the run has ended, well or not. */
    public boolean isOver() {
        return status.map(RunStatus::getState)
                .filter(state -> state == RunState.FINISHED || state == RunState.FAILED)
                .isPresent();
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
