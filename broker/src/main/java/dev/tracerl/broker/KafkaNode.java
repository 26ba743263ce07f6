package dev.tracerl.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker and its controller in this process, listening on loopback only. A second start with the same directory
 * continues the same cluster, on other ports too.
 */
public final class KafkaNode implements AutoCloseable {
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final String listeners;

    private KafkaNode(KafkaRaftServer server, String listeners) {
        this.server = server;
        this.listeners = listeners;
    }

    /** Starts a node that keeps its data in {@code directory}; {@code overrides} are broker settings that win. */
    public static KafkaNode start(Path directory, int port, Map<String, String> overrides) {
        Map<String, String> settings = loopback(port, FreePort.find());
        settings.putAll(overrides);
        return start(directory, settings);
    }

    /** Starts a node whose listeners, and whatever else differs from the defaults, are among the overrides. */
    static KafkaNode start(Path directory, Map<String, String> overrides) {
        format(directory);
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put("log.dirs", directory.toString());
        settings.putAll(overrides);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
        return new KafkaNode(server, settings.getOrDefault("advertised.listeners", ""));
    }

    /** Host and port of the first listener. */
    public String bootstrapServers() {
        return listeners.replaceFirst("^[^:]*://", "").replaceFirst(",.*", "");
    }

    /** Blocks until the node has stopped. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        String path = directory.toString();
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(path)
                    .setDirectories(List.of(path))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + directory, e);
        }
    }

    private static Map<String, String> loopback(int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        return settings;
    }

    /** One node, little memory, quick to start and to restart; nothing is deleted by age. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("node.id", "1"),
            Map.entry("process.roles", "broker,controller"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.retention.minutes", "1000000"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("transaction.max.timeout.ms", "7200000"), // for weights of many gigabytes
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
            Map.entry("message.max.bytes", "67108864"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"));
}
