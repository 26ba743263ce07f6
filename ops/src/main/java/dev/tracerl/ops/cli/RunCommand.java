package dev.tracerl.ops.cli;

import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does the runs of a file, one after the other. */
@Command(
        name = "run",
        description = "Do the runs of a YAML file, one after the other, and show their progress.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "Run file, such as runs/sudoku.yaml.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--detach", description = "Start the first run and return.")
    private boolean detach;

    @Mixin
    private TakeOverOption takeOver = new TakeOverOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        List<PlannedRun> runs = RunFile.read(file, documents -> {});
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunShow show = new RunShow(cluster, connection, serdes, output.screen(), takeOver);
        if (detach) {
            output.result(List.of(show.start(runs.get(0))));
            return show.hasFailed(runs.get(0).runId()) ? ExitCode.FINDING : ExitCode.SUCCESS;
        }
        List<RunResult> results = new ArrayList<>();
        for (PlannedRun run : runs) {
            RunResult result = show.follow(run);
            results.add(result);
            if (result.exitCode() != ExitCode.SUCCESS) {
                break;
            }
        }
        output.result(results);
        return results.get(results.size() - 1).exitCode();
    }
}
