package dev.tracerl.schemas.client;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RegistrySetup;
import dev.tracerl.schemas.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach what the services share: the broker, the registry and, if runs keep their weights there, the weight folder.
 *
 * @param bootstrapServers host:port pairs, separated by commas
 * @param registryUrl URL of a Confluent-compatible registry
 * @param kafka further settings of every Kafka client, such as security.protocol
 * @param registry further settings of the registry client, such as basic.auth.user.info
 * @param weightFolder where this process sees the weight store FILE
 */
public record Connection(
        String bootstrapServers,
        String registryUrl,
        Map<String, String> kafka,
        Map<String, String> registry,
        Optional<Path> weightFolder) {

    private static final int READER_WAIT_MILLIS = 20;

    public Connection {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }

    /** A connection without further settings. */
    public Connection(String bootstrapServers, String registryUrl) {
        this(bootstrapServers, registryUrl, Map.of(), Map.of(), Optional.empty());
    }

    /** The same with a weight folder. */
    public Connection with(Optional<Path> folder) {
        return new Connection(bootstrapServers, registryUrl, kafka, registry, folder);
    }

    /** Settings that every Kafka client of this connection starts from; the map is the caller's own. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    /** Settings of a consumer that sees committed records only, reads from the start and commits by hand. */
    public Map<String, Object> consumerSettings() {
        Map<String, Object> settings = clientSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
        return settings;
    }

    /**
     * Settings of a consumer that reads what is there and is closed then. Its last fetch, which finds nothing, is answered at
     * once: a consumer cannot be closed while the broker holds its fetch back, 500 ms by default.
     */
    public Map<String, Object> readerSettings() {
        Map<String, Object> settings = consumerSettings();
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, READER_WAIT_MILLIS);
        return settings;
    }

    /** Settings of an idempotent producer for records of any size that the topics take. */
    public Map<String, Object> producerSettings() {
        Map<String, Object> settings = clientSettings();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * Topics.MAX_RECORD_BYTES);
        return settings;
    }

    /** What brings this connection's registry into the state that the services expect. */
    public RegistrySetup registrySetup() {
        return new RegistrySetup(registryUrl, registry);
    }

    /** Serdes on this connection's registry. */
    public AvroSerdes serdes() {
        return new AvroSerdes(registryUrl, registry);
    }

    /** Names of the further settings only: the values hold passwords. */
    @Override
    public String toString() {
        return "Connection[bootstrapServers=%s, registryUrl=%s, kafka=%s, registry=%s, weightFolder=%s]"
                .formatted(bootstrapServers, registryUrl, kafka.keySet(), registry.keySet(), weightFolder);
    }
}
