package dev.tracerl.ops.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.ops.follow.Records;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.OffsetRange;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightChunks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A run on the test log, created as the command line does it, with the records that a trainer leaves. */
public final class TestRun {

    /** A warm-up and a run that starts from its end. */
    private static final String RUNS = """
            data:
              - {set: SET, kind: sudoku, count: 8, seed: 3}
            runs:
              - runId: warm-up
                method: sft
                seed: 1
                demonstrations: {set: SET, count: 5}
                model: &model
                  config: {hidden_size: 8, intermediate_size: 16, num_hidden_layers: 1, num_attention_heads: 2,
                           max_position_embeddings: 64}
                  tokenizer: "toy:0123456789"
                  initial: {source: random, seed: 7}
                sampler: &sampler {blockSize: 4, stepsPerBlock: 4, unmasking: static, maxTokens: 20}
                groups: {groupsPerStep: 8, samplesPerGroup: 1}
                optimizer: {learningRate: 3e-4}
                stop: {maxSteps: 2}
              - runId: rl
                method: tracerl
                seed: 2
                model:
                  <<: *model
                  initial: {source: run, runId: warm-up}
                tasks: [{set: SET, count: 8}]
                sampler: *sampler
                groups: {groupsPerStep: 1, samplesPerGroup: 4}
                optimizer: {learningRate: 1e-4}
                evaluation: [{set: SET, count: 8, sampler: *sampler}]
                stop: {maxSteps: 9}
            """;

    private static final int CHUNK_BYTES = 400;
    private static final int BYTES = 1000;

    private final TestLog log;
    private final RunSpec spec;
    private final RunTopics topics;

    private TestRun(TestLog log, RunSpec spec) {
        this.log = log;
        this.spec = spec;
        this.topics = RunTopics.of(spec.getRunId());
    }

    /** The warm-up. */
    public static TestRun warmUp(TestLog log, String runId) {
        return create(log, 0, run -> run.put("runId", runId));
    }

    /** The run that starts from the last version of another one. */
    public static TestRun reinforcement(TestLog log, String runId, String warmUp) {
        return create(log, 1, run -> {
            run.put("runId", runId);
            run.withObject("/model/initial").put("runId", warmUp);
        });
    }

    /** The same, with its weights in files. */
    public static TestRun inFiles(TestLog log, String runId, String warmUp) {
        return create(log, 1, run -> {
            run.put("runId", runId);
            run.withObject("/model/initial").put("runId", warmUp);
            run.withObject("/weights").put("store", "FILE");
        });
    }

    /** A run that is on the log. */
    public static TestRun of(TestLog log, String runId) {
        return new TestRun(
                log,
                TopicReader.latest(log.connection(), log.serdes(), Topics.RUNS).get(runId));
    }

    private static TestRun create(TestLog log, int index, Consumer<ObjectNode> edit) {
        PlannedRun planned = plans(edit, index).get(index);
        new RunCreator(log.connection(), log.serdes()).create(planned);
        return new TestRun(log, planned.spec());
    }

    private static List<PlannedRun> plans(Consumer<ObjectNode> edit, int index) {
        try {
            Path file = Files.createTempFile("runs", ".yaml");
            try {
                Files.writeString(file, RUNS.replace("SET", "train"));
                return RunFile.read(file, runs -> edit.accept(runs.get(index)));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RunSpec spec() {
        return spec;
    }

    public RunTopics topics() {
        return topics;
    }

    public TestLog log() {
        return log;
    }

    /** Publishes versions as a trainer does, each with bytes of its own. */
    public TestRun versions(long... versions) {
        for (long version : versions) {
            publish(version, bytes(spec.getRunId(), version));
        }
        return this;
    }

    /** Publishes a version with the bytes of another run's. */
    public TestRun copy(long version, String runId, long other) {
        publish(version, bytes(runId, other));
        return this;
    }

    private void publish(long version, byte[] bytes) {
        List<WeightChunk> chunks = WeightChunks.split(spec.getRunId(), version, WeightBytes.of(bytes), CHUNK_BYTES)
                .toList();
        long first = -1;
        for (WeightChunk chunk : chunks) {
            long offset = log.send(topics.weightChunks(), Ids.chunk(version, chunk.getIndex()), chunk);
            first = first < 0 ? offset : first;
        }
        WeightManifest manifest = WeightManifest.newBuilder()
                .setModelId(spec.getRunId())
                .setVersion(version)
                .setParentVersion(version == 0 ? null : version - 1)
                .setKind(WeightKind.FULL)
                .setSha256(Checksum.sha256(bytes))
                .setSize(bytes.length)
                .setStore(StoreKind.KAFKA)
                .setLocation(WeightChunks.location(0, first))
                .setChunks(chunks.size())
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build();
        log.send(topics.weights(), spec.getRunId(), manifest);
        log.send(topics.weightsHistory(), spec.getRunId(), manifest);
    }

    /** SHA-256 of a version. */
    public static String sha256(String runId, long version) {
        return Checksum.sha256(bytes(runId, version));
    }

    private static byte[] bytes(String runId, long version) {
        byte[] bytes = new byte[BYTES];
        new Random(31L * runId.hashCode() + version).nextBytes(bytes);
        return bytes;
    }

    /** Deletes the bytes of versions, as the trainer's weight plan does. */
    public TestRun drop(long... versions) {
        for (long version : versions) {
            for (int index = 0; index * CHUNK_BYTES < BYTES; index++) {
                log.send(topics.weightChunks(), Ids.chunk(version, index), null);
            }
        }
        return this;
    }

    /** Leaves trainer states as a trainer does, of one file each. */
    public TestRun states(long... steps) {
        for (long step : steps) {
            byte[] bytes = bytes(spec.getRunId(), step);
            WeightChunk chunk = WeightChunks.split(spec.getRunId(), step, WeightBytes.of(bytes), BYTES)
                    .findFirst()
                    .orElseThrow();
            long place = log.send(topics.trainerStateChunks(), Ids.chunk(step, 0), chunk);
            TrainerStateManifest manifest = TrainerStateManifest.newBuilder()
                    .setRunId(spec.getRunId())
                    .setStep(step)
                    .setVersion(step)
                    .setUpdates(step)
                    .setFiles(List.of(new TrainerStateFile("optimizer.bin", Checksum.sha256(bytes), (long) BYTES, 1)))
                    .setStore(StoreKind.KAFKA)
                    .setLocation(WeightChunks.location(0, place))
                    .setCreatedAt(Instant.EPOCH)
                    .build();
            log.send(topics.trainerStates(), String.valueOf(step), manifest);
        }
        return this;
    }

    /** A step on records of the input's topic. */
    public TestRun step(long step, long from, long to, String... groups) {
        TrainStep record = Records.trainStep(spec.getRunId(), step, null, Instant.EPOCH);
        record.setGroups(List.of(groups));
        String input = groups.length == 0
                ? topics.demonstrations().name()
                : topics.trainingGroups().name();
        record.setInputs(List.of(OffsetRange.newBuilder()
                .setTopic(input)
                .setPartition(0)
                .setFrom(from)
                .setTo(to)
                .build()));
        record.setBuild("0.1.0 build-of-step-" + step);
        log.send(topics.trainSteps(), spec.getRunId(), record);
        return this;
    }

    /** The run's state. */
    public TestRun status(RunState state, Long finalVersion) {
        log.send(
                Topics.RUN_STATUS,
                spec.getRunId(),
                RunStatus.newBuilder()
                        .setRunId(spec.getRunId())
                        .setState(state)
                        .setReason("as the test says")
                        .setStep(finalVersion == null ? 1 : finalVersion)
                        .setVersion(finalVersion == null ? 1 : finalVersion)
                        .setFinalVersion(finalVersion)
                        .setAt(Instant.EPOCH)
                        .build());
        return this;
    }
}
