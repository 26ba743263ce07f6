package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.Drought;
import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackState;
import dev.tracerl.ops.weights.RunActivity;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the processes of a stack and its runs. */
@Command(
        name = "status",
        description =
                "Show the processes and the runs of the local stack; with --bootstrap-servers and --registry-url, "
                        + "deployments and runs there. Without a running stack the exit code is 3.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.toFile(dataDir.path());
        Optional<Connection> connection = remote.connection();
        if (connection.isPresent()) {
            ClusterStatus status = ClusterStatus.of(Reachability.require(connection.get()));
            output.result(status, status::lines);
            return ExitCode.SUCCESS;
        }
        Optional<StackState> state = LocalStack.find(dataDir.path());
        StatusReport report = state.map(this::report)
                .orElseGet(() -> StatusReport.down(dataDir.path().toString()));
        output.result(report, report::lines);
        return state.isPresent() ? ExitCode.SUCCESS : ExitCode.UNAVAILABLE;
    }

    private StatusReport report(StackState state) {
        List<StatusReport.StackProcess> processes =
                state.processes().stream().map(StatusReport.StackProcess::of).toList();
        String assigned = null;
        String warning = null;
        List<StatusReport.Run> runs = List.of();
        if (state.phase() == StackState.Phase.READY) {
            Connection connection = Reachability.require(new Connection(state.bootstrapServers(), state.registryUrl()));
            AvroSerdes serdes = connection.serdes();
            Assignment assignment =
                    TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).get(state.deployment());
            assigned = assignment == null ? null : assignment.getRunId();
            warning = assigned == null ? null : warning(assigned, connection, serdes);
            ShownState shown = ShownState.of(connection, serdes);
            runs = TopicReader.latest(connection, serdes, Topics.RUN_STATUS).values().stream()
                    .map(status -> StatusReport.Run.of(status, shown))
                    .toList();
        }
        return new StatusReport(
                dataDir.path().toString(),
                state.phase().name(),
                state.bootstrapServers(),
                state.registryUrl(),
                assigned,
                warning,
                processes,
                runs);
    }

    private static @Nullable String warning(String runId, Connection connection, AvroSerdes serdes) {
        RunSpec run = TopicReader.latest(connection, serdes, Topics.RUNS).get(runId);
        if (run == null || RunActivity.of(connection, serdes, runId).isOver()) {
            return null;
        }
        return Drought.of(connection, serdes, run).problem().orElse(null);
    }
}
