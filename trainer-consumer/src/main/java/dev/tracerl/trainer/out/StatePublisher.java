package dev.tracerl.trainer.out;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Writes trainer states to the store and announces them, and deletes the oldest. One of step 0, where a run begins that goes
 * on from another one's state, stays, as version 0 does.
 */
final class StatePublisher {

    private final Transactions log;
    private final RunTopics topics;
    private final String runId;
    private final ByteStore store;
    private final int kept;
    private final Clock clock;
    private final NavigableMap<Long, ByteStore.Place> places = new TreeMap<>(); // by step
    private final List<ByteStore.Place> dropped = new ArrayList<>();

    /** @param kept how many states of trained steps, the newest */
    StatePublisher(Transactions log, String runId, ByteStore store, int kept, Clock clock) {
        this.log = log;
        this.topics = RunTopics.of(runId);
        this.runId = runId;
        this.store = store;
        this.kept = kept;
        this.clock = clock;
    }

    /** Takes note of states that are on the log. */
    void published(Map<Long, TrainerStateManifest> manifests) {
        manifests.forEach((step, manifest) -> places.put(
                step,
                new ByteStore.Place(
                        manifest.getLocation(),
                        manifest.getFiles().stream()
                                .mapToInt(TrainerStateFile::getChunks)
                                .sum())));
    }

    /** Writes what can be written before the transaction. */
    void prepare(StateFiles state) {
        store.prepare(state.step(), state.files());
    }

    /** Writes the bytes, then the manifest that names their place, within the transaction that is open. */
    void publish(StateFiles state) {
        ByteStore.Place place = store.write(state.step(), state.files());
        List<TrainerStateFile> files = new ArrayList<>();
        state.files()
                .forEach((name, bytes) ->
                        files.add(new TrainerStateFile(name, bytes.sha256(), bytes.size(), store.chunks(bytes))));
        TrainerStateManifest manifest = TrainerStateManifest.newBuilder()
                .setRunId(runId)
                .setStep(state.step())
                .setVersion(state.version())
                .setUpdates(state.updates())
                .setFiles(files)
                .setStore(store.kind())
                .setLocation(place.location())
                .setCreatedAt(clock.instant())
                .build();
        log.send(topics.trainerStates(), String.valueOf(state.step()), manifest);
        places.put(state.step(), place);
        dropOld();
    }

    private void dropOld() {
        NavigableMap<Long, ByteStore.Place> trained = places.tailMap(0L, false);
        while (trained.size() > kept) {
            Map.Entry<Long, ByteStore.Place> oldest = trained.pollFirstEntry();
            log.delete(topics.trainerStates(), String.valueOf(oldest.getKey()));
            store.delete(oldest.getKey(), oldest.getValue());
            dropped.add(oldest.getValue());
        }
    }

    /** The transaction is committed. */
    void committed() {
        dropped.forEach(store::discard);
        dropped.clear();
    }
}
