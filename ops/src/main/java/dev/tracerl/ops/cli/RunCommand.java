package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.RunFollower;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.RunScreen;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
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
        RunCreator creator = new RunCreator(connection, serdes);
        Screen screen = new Screen(command.commandLine().getOut(), ClusterOptions.isTerminal());
        for (PlannedRun run : runs) {
            boolean created = creator.create(run);
            creator.assign(cluster.deployment(), run.runId());
            screen.line("run " + run.runId() + (created ? ": created and assigned" : ": exists, assigned"));
            if (detach) {
                return 0;
            }
            RunProgress progress = follow(connection, serdes, run, screen);
            if (!report(progress, screen)) {
                return 1;
            }
        }
        return 0;
    }

    private static RunProgress follow(Connection connection, AvroSerdes serdes, PlannedRun run, Screen screen) {
        RunScreen view =
                new RunScreen(screen, run.runId(), run.spec().getStop().getTargetSet(), () -> {});
        return RunFollower.follow(connection, serdes, run.spec(), view);
    }

    private boolean report(RunProgress progress, Screen screen) {
        screen.clear();
        RunStatus status = progress.status().orElseThrow();
        screen.line("run " + status.getRunId() + ": " + status.getState() + ", " + status.getReason());
        return status.getState() == RunState.FINISHED;
    }
}
