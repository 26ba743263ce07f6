package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.ClusterSetup;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.client.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings a broker and a registry into the state that the services expect. */
@Command(
        name = "init",
        description = "Create the shared topics, register all schemas and set the rule for their changes.",
        footer = "tracerl up does the same for the local stack. What is there already is left as it is.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private Output output = new Output();

    /** What is set up. */
    record SetUp(String bootstrapServers, String registryUrl, List<String> topics) {}

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        ClusterSetup setup = new ClusterSetup(connection);
        setup.registry();
        setup.topics();
        output.result(
                new SetUp(
                        connection.bootstrapServers(),
                        connection.registryUrl(),
                        Topics.shared().stream().map(Topic::name).toList()),
                "The registry has the schemas and the broker has the shared topics.");
        return 0;
    }
}
