package dev.tracerl.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightChunks;
import dev.tracerl.schemas.weights.WeightFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The other services, played by a test: writes requests and weights of one run and reads what was sampled. */
public final class RunLog implements AutoCloseable {

    private static final int CHUNK_BYTES = 4096;

    private final Connection connection;
    private final AvroSerdes serdes;
    private final String runId;
    private final RunTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;

    public RunLog(Connection connection, String runId) {
        this.connection = connection;
        this.serdes = connection.serdes();
        this.runId = runId;
        this.topics = RunTopics.of(runId);
        this.producer = new KafkaProducer<>(
                connection.producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, Topics.shared(), (short) 1);
            TopicCreator.create(admin, topics.all(), (short) 1);
        }
    }

    public RunTopics topics() {
        return topics;
    }

    /** Publishes a version with weights of its own. */
    public void publishWeights(ModelConfig config, long version) {
        byte[] bytes = Parameters.random(config, version).toSafetensors().toArray();
        publishWeights(version, bytes, Checksum.sha256(bytes), null);
    }

    /** Publishes adapters of version 0 as a version. */
    public void publishAdapters(Adapters adapters, long version) {
        byte[] bytes = adapters.toSafetensors().toArray();
        publishWeights(version, bytes, Checksum.sha256(bytes), 0L);
    }

    /** Publishes a version whose bytes are not those of its checksum. */
    public void publishFlippedWeights(ModelConfig config, long version) {
        byte[] bytes = Parameters.random(config, version).toSafetensors().toArray();
        String sha256 = Checksum.sha256(bytes);
        bytes[bytes.length - 1] ^= 1;
        publishWeights(version, bytes, sha256, null);
    }

    private void publishWeights(long version, byte[] bytes, String sha256, @Nullable Long base) {
        List<WeightChunk> chunks = WeightChunks.split(runId, version, WeightBytes.of(bytes), CHUNK_BYTES)
                .toList();
        long first = -1;
        for (WeightChunk chunk : chunks) {
            long offset = send(topics.weightChunks(), 0, Ids.chunk(version, chunk.getIndex()), chunk)
                    .offset();
            first = first < 0 ? offset : first;
        }
        announce(manifest(version, bytes, sha256)
                .setKind(base == null ? WeightKind.FULL : WeightKind.ADAPTER)
                .setBaseVersion(base)
                .setStore(StoreKind.KAFKA)
                .setLocation(WeightChunks.location(0, first))
                .setChunks(chunks.size())
                .build());
    }

    private WeightManifest.Builder manifest(long version, byte[] bytes, String sha256) {
        return WeightManifest.newBuilder()
                .setModelId(runId)
                .setVersion(version)
                .setKind(WeightKind.FULL)
                .setSha256(sha256)
                .setSize(bytes.length)
                .setStep(version)
                .setCreatedAt(Instant.now());
    }

    private void announce(WeightManifest manifest) {
        send(topics.weightsHistory(), 0, runId, manifest);
        send(topics.weights(), 0, runId, manifest);
    }

    /** Publishes a version with weights of its own as a file. */
    public void publishFile(ModelConfig config, long version, Path folder) {
        byte[] bytes = Parameters.random(config, version).toSafetensors().toArray();
        publishFile(version, bytes, Checksum.sha256(bytes), folder);
    }

    /** Publishes a version whose file is damaged. */
    public void publishFlippedFile(ModelConfig config, long version, Path folder) {
        byte[] bytes = Parameters.random(config, version).toSafetensors().toArray();
        String sha256 = Checksum.sha256(bytes);
        bytes[bytes.length - 1] ^= 1;
        publishFile(version, bytes, sha256, folder);
    }

    private void publishFile(long version, byte[] bytes, String sha256, Path folder) {
        String location = runId + "/weights/" + version + "/model.safetensors";
        new WeightFolder(folder).write(location, WeightBytes.of(bytes));
        announce(manifest(version, bytes, sha256)
                .setStore(StoreKind.FILE)
                .setLocation(location)
                .setChunks(1)
                .build());
    }

    public void request(RolloutRequest request) {
        send(topics.rolloutRequests(), Ids.partition(request.getSequence()), request.getGroupId(), request);
    }

    /** Publishes a request with a trace context. */
    public void request(RolloutRequest request, String traceparent) {
        ProducerRecord<byte[], byte[]> produced =
                encode(topics.rolloutRequests(), Ids.partition(request.getSequence()), request.getGroupId(), request);
        produced.headers().add("traceparent", traceparent.getBytes(UTF_8));
        send(produced);
    }

    /** Publishes a request that is none. */
    public void requestBytes(int partition, byte[] value) {
        send(new ProducerRecord<>(topics.rolloutRequests().name(), partition, "broken".getBytes(UTF_8), value));
    }

    /** Writes any record. */
    public <V extends SpecificRecord> RecordMetadata send(Topic<V> topic, int partition, String key, V value) {
        return send(encode(topic, partition, key, value));
    }

    private ProducerRecord<byte[], byte[]> encode(Topic<?> topic, int partition, String key, SpecificRecord value) {
        byte[] bytes = serdes.<SpecificRecord>serializer().serialize(topic.name(), value);
        return new ProducerRecord<>(topic.name(), partition, key.getBytes(UTF_8), bytes);
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> produced) {
        try {
            return producer.send(produced).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    public List<Trajectory> trajectories() {
        return read(topics.trajectories());
    }

    /** The trajectories' records as they are on the log. */
    public List<ConsumerRecord<byte[], byte[]>> rawTrajectories() {
        List<TopicPartition> partitions = IntStream.range(0, RunTopics.GROUP_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topics.trajectories().name(), partition))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.readerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            long count = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (found.size() < count) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    public List<DeadLetter> deadLetters() {
        return read(topics.deadLetters());
    }

    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        List<V> found = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(found::add));
        return found;
    }

    @Override
    public void close() {
        producer.close();
    }
}
