package dev.tracerl.reward.config;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams: exactly once, state on disk, static membership, one application per run. */
public final class StreamsSettings {

    private static final String ROLE = "reward-stream";
    private static final int HEARTBEATS_PER_SESSION = 4;
    private static final long RETRY_MILLIS = 20;
    private static final int RECORDS_READ_AHEAD = 64;
    private static final int RECORDS_PER_POLL = 200;
    private static final int FETCH_BYTES = 8 * 1024 * 1024;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final long BUSY_COMMIT_MILLIS = 250;
    private static final long CACHE_BYTES = 16 * 1024 * 1024;

    private StreamsSettings() {}

    /**
     * Settings for the topology of a run; the map is the caller's own.
     *
     * @param requests identity of the topic of the run's requests
     */
    public static Map<String, Object> of(RewardConfig config, RunSpec run, Uuid requests) {
        String runId = run.getRunId();
        Map<String, Object> settings = new HashMap<>(config.connection().clientSettings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, RunTopics.of(runId).client(ROLE));
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, RunTopics.of(runId).client(config.worker()));
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                stateDirectory(config, run, requests).toAbsolutePath().toString());
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, AdvertisedAddress.of(config.http()));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // While there is no backlog, the topology asks for commits itself, at the configured interval.
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                Math.max(BUSY_COMMIT_MILLIS, config.streams().commitInterval().toMillis()));
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streams().threads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0);
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStoreMemory.class);
        // What is written and removed again between two commits reaches neither the disk nor the changelog.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(BoundedStoreMemory.BYTES_CONFIG, config.streams().storeMemoryMib() * 1024L * 1024L);
        // Commits follow each other closely: a transaction that comes too early is tried again soon.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_MILLIS);
        membership(settings, config);
        sizes(settings);
        return settings;
    }

    /**
     * State is a copy of changelogs, so it must not be found by a run that has others: not by one that was made later
     * under the same name, nor by one on another cluster. Of topics, unlike clusters and runs, no two have one identity.
     */
    private static Path stateDirectory(RewardConfig config, RunSpec run, Uuid requests) {
        return config.dataDir()
                .resolve(run.getRunId() + "-" + run.getCreatedAt().toEpochMilli())
                .resolve(requests.toString());
    }

    private static void membership(Map<String, Object> settings, RewardConfig config) {
        int session = (int) config.streams().sessionTimeout().toMillis();
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.worker());
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.max(1, session / HEARTBEATS_PER_SESSION));
    }

    /** Large records fit, many of them at one time do not: what is read ahead is bounded in records and bytes. */
    private static void sizes(Map<String, Object> settings) {
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_READ_AHEAD);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_PER_POLL);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MAX_RECORD_BYTES);
        // Holds a training group of usual size, whose memory is used again then.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                (long) Topics.MAX_RECORD_BYTES + FETCH_BYTES);
    }
}
