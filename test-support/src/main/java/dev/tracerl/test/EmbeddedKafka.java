package dev.tracerl.test;

import dev.tracerl.broker.FreePort;
import dev.tracerl.broker.KafkaNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real single-node broker in the test's own JVM; its data is gone when it is closed. */
public final class EmbeddedKafka implements AutoCloseable {
    private final TemporaryDirectory directory = TemporaryDirectory.create("kafka");
    private final KafkaNode node;

    private EmbeddedKafka(Map<String, String> overrides) {
        node = KafkaNode.start(directory.path(), FreePort.find(), overrides);
    }

    public static EmbeddedKafka start() {
        return new EmbeddedKafka(Map.of());
    }

    /** Starts a broker with settings that differ from those of the local stack. */
    public static EmbeddedKafka start(Map<String, String> overrides) {
        return new EmbeddedKafka(overrides);
    }

    public String bootstrapServers() {
        return node.bootstrapServers();
    }

    /** Creates topics that have the broker's default settings. */
    public void createTopics(int partitions, String... names) {
        List<NewTopic> topics = List.of(names).stream()
                .map(name -> new NewTopic(name, partitions, (short) 1))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create " + topics, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        node.close();
        directory.close();
    }
}
