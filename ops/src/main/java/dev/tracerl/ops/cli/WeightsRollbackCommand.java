package dev.tracerl.ops.cli;

import dev.tracerl.ops.weights.Rollback;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives readers an earlier version. */
@Command(
        name = "rollback",
        description = "Make a version of a run that is at rest the one that readers get: its result, and the newest.",
        footer = "The run is over with that; train on with tracerl fork.",
        mixinStandardHelpOptions = true)
final class WeightsRollbackCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Parameters(index = "0", paramLabel = "VERSION", description = "The version.")
    private long version;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunSpec spec = run.find(connection, serdes);
        long before = new Rollback(new RunWeights(connection, serdes, run.runId())).to(spec, version);
        PrintWriter out = command.commandLine().getOut();
        out.println(
                before == version
                        ? "Readers of run %s get version %d.".formatted(run.runId(), version)
                        : "Readers of run %s get version %d instead of %d.".formatted(run.runId(), version, before));
        out.println("To train on: tracerl fork --run %s --at %d --as NAME".formatted(run.runId(), version));
        return 0;
    }
}
