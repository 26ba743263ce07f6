package dev.tracerl.ops.cli;

import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.weights.RunActivity;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes services off a run. */
@Command(
        name = "stop",
        description = "Take the services off a run, which can go on later; nothing is lost.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        List<String> deployments = new RunCreator(connection, serdes).release(run.runId());
        PrintWriter out = command.commandLine().getOut();
        if (deployments.isEmpty()) {
            out.println("No deployment works on run " + run.runId() + ".");
            return 0;
        }
        boolean over = RunActivity.of(connection, serdes, run.runId()).isOver();
        out.println("Deployment %s leaves run %s, which %s"
                .formatted(
                        String.join(" and ", deployments),
                        run.runId(),
                        over ? "is over." : "goes on with: tracerl start --run " + run.runId()));
        return 0;
    }
}
