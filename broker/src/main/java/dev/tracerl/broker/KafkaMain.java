package dev.tracerl.broker;

import java.nio.file.Path;
import java.util.Map;

/** Runs a {@link KafkaNode} until it is told to stop: arguments are the data directory and the port. */
public final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] args) {
        KafkaNode node = KafkaNode.start(Path.of(args[0]), Integer.parseInt(args[1]), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        node.awaitShutdown();
    }
}
