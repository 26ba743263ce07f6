package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.audit.LogRecords;
import dev.tracerl.ops.follow.Records;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.DeadLetters;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightChunks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A run's log as services write it: in transactions, some of them aborted, with everything that an archive must keep. */
final class SourceLog implements AutoCloseable {

    static final byte[] GARBAGE = {9, 9, 9};

    private final String runId;
    private final RunTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;

    SourceLog(Connection connection, String runId) {
        this.runId = runId;
        this.topics = RunTopics.of(runId);
        this.serializer = connection.serdes().serializer();
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, Topics.shared(), (short) 1);
            TopicCreator.create(admin, topics.all(), (short) 1);
        }
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, runId);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    static RunSpec spec(String runId) {
        RunSpec shipped = RunFile.read(Path.of("..", "runs", "sudoku.yaml"), documents -> {})
                .get(1)
                .spec();
        return RunSpec.newBuilder(shipped).setRunId(runId).build();
    }

    /** Two trained groups, one that is in flight, an aborted one, a version, a dead letter and an unreadable verdict. */
    void write() throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        RunSpec spec = spec(runId);
        send(Topics.RUNS, null, runId, spec);
        send(
                Topics.RUNS,
                null,
                "other",
                RunSpec.newBuilder(spec).setRunId("other").build());
        String set = spec.getTasks().get(0).getSet();
        send(Topics.TASKS, null, Ids.task(set, 0), task(set));
        send(Topics.TASKS, null, Ids.task("unused", 0), task("unused"));
        send(Topics.RUN_STATUS, null, runId, status());
        producer.commitTransaction();

        LogRecords done = new LogRecords(runId, 2)
                .group(0, Outcome.ACCEPTED, 1L)
                .group(1, Outcome.FILTERED, null)
                .requested(2)
                .trajectory(2, 0)
                .step(1, 0);
        done.each((topic, key, value) -> transaction(() -> sendGroup(topic, key, value), true));
        new LogRecords(runId, 2)
                .group(3, Outcome.ACCEPTED, 2L)
                .each((topic, key, value) -> transaction(() -> sendGroup(topic, key, value), false));
        weights(1);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topics.verdicts().name(), 4, bytes("bad"), GARBAGE))
                .get();
        producer.commitTransaction();
        letter();
    }

    /** A version in two chunks, which an earlier version's tombstone precedes. */
    private void weights(long version) throws ExecutionException, InterruptedException {
        byte[] bytes = "the weights of a version".getBytes(UTF_8);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topics.weightChunks().name(), 0, bytes(Ids.chunk(0, 0)), null));
        RecordMetadata first = null;
        for (WeightChunk chunk :
                WeightChunks.split(runId, version, WeightBytes.of(bytes), 20).toList()) {
            RecordMetadata written = send(topics.weightChunks(), 0, Ids.chunk(version, chunk.getIndex()), chunk);
            first = first == null ? written : first;
        }
        WeightManifest manifest = WeightManifest.newBuilder()
                .setModelId(runId)
                .setVersion(version)
                .setKind(WeightKind.FULL)
                .setSha256(Checksum.sha256(bytes))
                .setSize(bytes.length)
                .setStore(StoreKind.KAFKA)
                .setLocation(WeightChunks.location(0, first.offset()))
                .setChunks(2)
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build();
        send(topics.weights(), 0, runId, manifest);
        send(topics.weightsHistory(), 0, runId, manifest);
        producer.commitTransaction();
    }

    /** A request that a worker refused, as it is on the log. */
    private void letter() throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        new LogRecords(runId, 2).requested(1).each((topic, key, value) -> {
            byte[] refused = serializer.serialize(topic.name(), value);
            send(
                    topics.deadLetters(),
                    0,
                    key,
                    DeadLetters.of(
                            "test",
                            "it was refused",
                            new ConsumerRecord<>(topic.name(), 1, 0, bytes(key), refused),
                            Instant.EPOCH));
        });
        producer.commitTransaction();
    }

    private void sendGroup(Topic<?> topic, String key, @Nullable SpecificRecord value) {
        int partition = topic.partitions() == 1 ? 0 : Ids.partition(Ids.sequence(key));
        send(topic, partition, key, value);
    }

    private void transaction(Runnable writing, boolean commit) {
        producer.beginTransaction();
        writing.run();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    /** Verdicts of another verifier, as {@code tracerl rescore} leaves them. */
    void rescored(Connection connection, String name) {
        Topic<Verdict> topic = topics.rescoredVerdicts(name);
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, List.of(topic), (short) 1);
        }
        new LogRecords(runId, 2).group(0, Outcome.ACCEPTED, 1L).each((other, key, value) -> {
            if (value instanceof Verdict) {
                write(topic, key, value);
            }
        });
    }

    /** A record in a transaction of its own; no value deletes the key. */
    void write(Topic<?> topic, String key, @Nullable SpecificRecord value) {
        transaction(() -> sendGroup(topic, key, value), true);
    }

    /** One more step, outside of what was archived. */
    void later() {
        transaction(() -> send(topics.trainSteps(), 0, runId, Records.trainStep(runId, 2, 0.5, Instant.EPOCH)), true);
    }

    private RecordMetadata send(Topic<?> topic, Integer partition, String key, @Nullable SpecificRecord value) {
        byte[] bytes = value == null ? null : serializer.serialize(topic.name(), value);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic.name(), partition, 1_700_000_000_000L, bytes(key), bytes);
        record.headers().add("traceparent", bytes("00-1-2-01"));
        try {
            return producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunStatus status() {
        return RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.RUNNING)
                .setReason("running")
                .setStep(1)
                .setVersion(1)
                .setAt(Instant.EPOCH)
                .build();
    }

    private static Task task(String set) {
        return Task.newBuilder()
                .setTaskId(Ids.task(set, 0))
                .setSet(set)
                .setIndex(0)
                .setKind("sudoku")
                .setPrompt("")
                .setInputs(Map.of())
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
