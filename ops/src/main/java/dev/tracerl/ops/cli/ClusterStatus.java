package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.Drought;
import dev.tracerl.ops.weights.RunActivity;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Deployments and runs on a broker that somebody else runs. Nothing is known of the services' processes but whether there
 * are any in the groups of a run.
 *
 * @param warnings what is wrong with runs that are assigned
 */
record ClusterStatus(
        String bootstrapServers,
        String registryUrl,
        List<Deployment> deployments,
        List<StatusReport.Run> runs,
        List<String> warnings) {

    /**
     * A deployment that was assigned once.
     *
     * @param runId its run; absent if it waits for one
     * @param state state of the run, NEW if none of its services has written any; absent without a run
     * @param atWork whether services are in the run's consumer groups
     * @param since time of the assignment
     */
    record Deployment(
            String deployment,
            @Nullable String runId,
            @Nullable String state,
            boolean atWork,
            String since) {}

    static ClusterStatus of(Connection connection) {
        AvroSerdes serdes = connection.serdes();
        Collection<Assignment> assignments =
                TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).values();
        List<Deployment> deployments = assignments.stream()
                .map(assignment -> deployment(assignment, connection, serdes))
                .toList();
        Map<String, RunSpec> specs = TopicReader.latest(connection, serdes, Topics.RUNS);
        List<String> warnings = deployments.stream()
                .filter(Deployment::atWork)
                .map(deployment -> specs.get(deployment.runId()))
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(run -> Drought.of(connection, serdes, run).problem().stream())
                .toList();
        ShownState shown = ShownState.of(assignments);
        List<StatusReport.Run> runs = TopicReader.latest(connection, serdes, Topics.RUN_STATUS).values().stream()
                .map(status -> StatusReport.Run.of(status, shown))
                .toList();
        return new ClusterStatus(connection.bootstrapServers(), connection.registryUrl(), deployments, runs, warnings);
    }

    private static Deployment deployment(Assignment assignment, Connection connection, AvroSerdes serdes) {
        String runId = assignment.getRunId();
        String since = assignment.getAt().toString();
        if (runId == null) {
            return new Deployment(assignment.getDeployment(), null, null, false, since);
        }
        RunActivity activity = RunActivity.of(connection, serdes, runId);
        String state =
                activity.status().map(RunStatus::getState).map(Enum::name).orElse("NEW");
        return new Deployment(
                assignment.getDeployment(), runId, state, activity.members() && !activity.isOver(), since);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Kafka " + bootstrapServers + ", registry " + registryUrl);
        if (deployments.isEmpty()) {
            lines.add("No deployment was ever assigned to a run.");
        } else {
            Table table = new Table("DEPLOYMENT", "RUN", "STATE", "SERVICES", "SINCE");
            deployments.forEach(one -> table.row(
                    one.deployment(),
                    Objects.requireNonNullElse(one.runId(), "-"),
                    Objects.requireNonNullElse(one.state(), "-"),
                    one.runId() == null ? "-" : one.atWork() ? "at work" : "none seen",
                    one.since()));
            lines.addAll(table.lines());
        }
        runs.forEach(run -> lines.add(run.line()));
        warnings.forEach(warning -> lines.add("  ! " + warning));
        return lines;
    }
}
