package dev.tracerl.trainer.out;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.schemas.weights.WeightChunks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes trainer states to the log and deletes the oldest, within the transaction that is open. */
final class StatePublisher {

    private final Transactions log;
    private final RunTopics topics;
    private final String runId;
    private final WeightPlan plan;
    private final Clock clock;
    private final NavigableMap<Long, Integer> chunks = new TreeMap<>(); // by step

    StatePublisher(Transactions log, String runId, WeightPlan plan, Clock clock) {
        this.log = log;
        this.topics = RunTopics.of(runId);
        this.runId = runId;
        this.plan = plan;
        this.clock = clock;
    }

    /** Takes note of states that are on the log. */
    void published(Map<Long, TrainerStateManifest> manifests) {
        manifests.forEach((step, manifest) -> chunks.put(
                step,
                manifest.getFiles().stream()
                        .mapToInt(TrainerStateFile::getChunks)
                        .sum()));
    }

    /** Writes the bytes, then the manifest that names their place. */
    void publish(StateFiles state) {
        List<TrainerStateFile> files = new ArrayList<>();
        List<WeightChunk> parts = new ArrayList<>();
        state.files().forEach((name, bytes) -> {
            List<WeightChunk> own = WeightChunks.split(runId, state.step(), bytes, plan.getChunkBytes());
            own.forEach(part -> part.setIndex(parts.size() + part.getIndex()));
            files.add(new TrainerStateFile(name, Checksum.sha256(bytes), (long) bytes.length, own.size()));
            parts.addAll(own);
        });
        TrainerStateManifest manifest = TrainerStateManifest.newBuilder()
                .setRunId(runId)
                .setStep(state.step())
                .setVersion(state.version())
                .setUpdates(state.updates())
                .setFiles(files)
                .setStore(StoreKind.KAFKA)
                .setLocation(send(state.step(), parts))
                .setCreatedAt(clock.instant())
                .build();
        log.send(topics.trainerStates(), String.valueOf(state.step()), manifest);
        chunks.put(state.step(), parts.size());
        dropOld();
    }

    private String send(long step, List<WeightChunk> parts) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (WeightChunk part : parts) {
            part.setCount(parts.size());
            sent.add(log.sent(topics.trainerStateChunks(), Ids.chunk(step, part.getIndex()), part));
        }
        return Transactions.location(sent.get(0));
    }

    private void dropOld() {
        while (chunks.size() > plan.getKeepStates()) {
            Map.Entry<Long, Integer> oldest = chunks.pollFirstEntry();
            log.delete(topics.trainerStates(), String.valueOf(oldest.getKey()));
            for (int index = 0; index < oldest.getValue(); index++) {
                log.delete(topics.trainerStateChunks(), Ids.chunk(oldest.getKey(), index));
            }
        }
    }
}
