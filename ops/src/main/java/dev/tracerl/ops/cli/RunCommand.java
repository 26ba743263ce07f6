package dev.tracerl.ops.cli;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        List<PlannedRun> runs = RunFile.read(file, documents -> {});
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        Screen screen = new Screen(command.commandLine().getOut(), ClusterOptions.isTerminal());
        RunShow show = new RunShow(cluster, connection, serdes, screen);
        if (detach) {
            show.start(runs.get(0));
            return 0;
        }
        return runs.stream().allMatch(run -> show.doRun(run)) ? 0 : 1;
    }
}
