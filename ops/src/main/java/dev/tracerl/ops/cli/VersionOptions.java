package dev.tracerl.ops.cli;

import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The version of a run that a command looks at or changes. */
final class VersionOptions {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Parameters(index = "0", paramLabel = "VERSION", description = "The version.")
    private long version;

    long version() {
        return version;
    }

    String runId() {
        return run.runId();
    }

    /**
     * The versions of the run.
     *
     * @throws dev.tracerl.ops.input.BadInputException if there is no such run
     */
    RunWeights weights() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        return new RunWeights(connection, serdes, run.runId());
    }
}
