package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightFolder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Versions and trainer states of a run in a weight folder, with the records that a trainer writes about them. */
public final class SourceFiles {

    private final String runId;
    private final RunTopics topics;
    private final WeightFolder folder;
    private final Log log;

    /** Takes records. */
    public interface Log {
        void write(Topic<?> topic, String key, SpecificRecord value);
    }

    public SourceFiles(String runId, WeightFolder folder, Log log) {
        this.runId = runId;
        this.topics = RunTopics.of(runId);
        this.folder = folder;
        this.log = log;
    }

    /** The bytes of a version. */
    public static byte[] bytes(long version) {
        return ("version " + version + " in a file").getBytes(UTF_8);
    }

    /** Publishes a version and returns where it is. */
    public String version(long version) {
        byte[] bytes = bytes(version);
        String location = home() + "/weights/%06d-abc/model.safetensors".formatted(version);
        folder.write(location, WeightBytes.of(bytes));
        mark(topics.weightChunks(), version);
        WeightManifest manifest = WeightManifest.newBuilder()
                .setModelId(runId)
                .setVersion(version)
                .setKind(WeightKind.FULL)
                .setSha256(Checksum.sha256(bytes))
                .setSize(bytes.length)
                .setStore(StoreKind.FILE)
                .setLocation(location)
                .setChunks(1)
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build();
        log.write(topics.weights(), runId, manifest);
        log.write(topics.weightsHistory(), runId, manifest);
        return location;
    }

    /** Leaves a trainer state of two files and returns where they are. */
    public String state(long step) {
        String location = home() + "/states/%06d-def".formatted(step);
        Function<String, TrainerStateFile> written = name -> {
            byte[] bytes = (name + " of step " + step).getBytes(UTF_8);
            folder.write(location + "/" + name, WeightBytes.of(bytes));
            return new TrainerStateFile(name, Checksum.sha256(bytes), (long) bytes.length, 1);
        };
        mark(topics.trainerStateChunks(), step);
        TrainerStateManifest manifest = TrainerStateManifest.newBuilder()
                .setRunId(runId)
                .setStep(step)
                .setVersion(step)
                .setUpdates(step)
                .setFiles(List.of(written.apply("optimizer.bin"), written.apply("state.json")))
                .setStore(StoreKind.FILE)
                .setLocation(location)
                .setCreatedAt(Instant.EPOCH)
                .build();
        log.write(topics.trainerStates(), String.valueOf(step), manifest);
        return location;
    }

    /** Drops a version or a state, as the run's weight plan does. */
    public void drop(Topic<WeightChunk> chunks, long number, String location) {
        log.write(chunks, Ids.chunk(number, 0), null);
        folder.delete(location);
    }

    /** The folder of the run. */
    public String home() {
        return runId + "-1764108000000";
    }

    private void mark(Topic<WeightChunk> chunks, long number) {
        log.write(
                chunks,
                Ids.chunk(number, 0),
                WeightChunk.newBuilder()
                        .setModelId(runId)
                        .setVersion(number)
                        .setIndex(0)
                        .setCount(1)
                        .setData(ByteBuffer.allocate(0))
                        .build());
    }
}
