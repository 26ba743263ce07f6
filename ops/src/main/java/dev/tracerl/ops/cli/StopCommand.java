package dev.tracerl.ops.cli;

import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.weights.RunActivity;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private Output output = new Output();

    /** Deployments that worked on the run, and whether it is over or can go on. */
    record Stopped(String runId, List<String> deployments, boolean over) {}

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        List<String> deployments = new RunCreator(connection, serdes).release(run.runId());
        Stopped stopped = new Stopped(
                run.runId(),
                deployments,
                RunActivity.of(connection, serdes, run.runId()).isOver());
        output.result(stopped, line(stopped));
        return 0;
    }

    private static String line(Stopped stopped) {
        String runId = stopped.runId();
        if (stopped.deployments().isEmpty()) {
            return "No deployment works on run " + runId + ".";
        }
        return "Deployment %s leaves run %s, which %s"
                .formatted(
                        String.join(" and ", stopped.deployments()),
                        runId,
                        stopped.over() ? "is over." : "goes on with: tracerl start --run " + runId);
    }
}
