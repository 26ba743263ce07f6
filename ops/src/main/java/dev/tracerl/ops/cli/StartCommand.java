package dev.tracerl.ops.cli;

import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a run that is on the log, or lets it go on. */
@Command(
        name = "start",
        description = "Start a run that is on the log, or let it go on, and show its progress.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--detach", description = "Start it and return.")
    private boolean detach;

    @Mixin
    private TakeOverOption takeOver = new TakeOverOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        PlannedRun planned = new PlannedRun(run.find(connection, serdes), List.of(), Optional.empty());
        RunShow show = new RunShow(cluster, connection, serdes, output.screen(), takeOver);
        if (detach) {
            output.result(show.start(planned));
            return show.hasFailed(run.runId()) ? ExitCode.FINDING : ExitCode.SUCCESS;
        }
        RunResult result = show.follow(planned);
        output.result(result);
        return result.exitCode();
    }
}
