package dev.tracerl.broker;

import java.nio.file.Path;
import java.util.Map;

/**
 * Runs a {@link KafkaNode} whose settings come from its environment, as those of Apache's own image do, so that one
 * compose file serves both.
 */
public final class ContainerMain {

    private static final Path MOUNTED = Path.of("/mnt/shared/config/server.properties");

    private ContainerMain() {}

    public static void main(String[] args) {
        Map<String, String> settings = ContainerSettings.of(System.getenv(), MOUNTED);
        KafkaNode node = KafkaNode.start(Path.of(settings.getOrDefault("log.dirs", "/var/lib/kafka/data")), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        node.awaitShutdown();
    }
}
