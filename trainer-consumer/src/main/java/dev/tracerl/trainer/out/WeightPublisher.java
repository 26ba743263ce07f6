package dev.tracerl.trainer.out;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.WeightBytes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes versions into the weight store and announces them. */
final class WeightPublisher {

    /** What the one file of a version is called in a folder. */
    private static final String FILE = "model.safetensors";

    private final Transactions log;
    private final RunTopics topics;
    private final String runId;
    private final ByteStore store;
    private final Clock clock;
    private final NavigableMap<Long, ByteStore.Place> places = new TreeMap<>(); // by version
    private final List<ByteStore.Place> dropped = new ArrayList<>();

    WeightPublisher(Transactions log, String runId, ByteStore store, Clock clock) {
        this.log = log;
        this.topics = RunTopics.of(runId);
        this.runId = runId;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes note of versions that are on the log.
     *
     * @throws java.io.UncheckedIOException if the newest one's files are not where they were written
     */
    void published(Collection<WeightManifest> manifests) {
        manifests.forEach(manifest -> places.put(
                manifest.getVersion(),
                new ByteStore.Place(manifest.getLocation().replace("/" + FILE, ""), manifest.getChunks())));
        Map.Entry<Long, ByteStore.Place> newest = places.lastEntry();
        if (newest != null) {
            store.require(newest.getValue());
        }
    }

    /** Writes what can be written before the transaction. */
    void prepare(long version, WeightBytes bytes) {
        store.prepare(version, Map.of(FILE, bytes));
    }

    /**
     * Writes the bytes, then the manifest that names their place, within the transaction that is open.
     *
     * @param base version that they are adapters of; none if they are complete
     */
    void publish(long version, WeightBytes bytes, OptionalLong base) {
        ByteStore.Place place = store.write(version, Map.of(FILE, bytes));
        WeightManifest manifest = WeightManifest.newBuilder()
                .setModelId(runId)
                .setVersion(version)
                .setParentVersion(parent(version))
                .setKind(base.isPresent() ? WeightKind.ADAPTER : WeightKind.FULL)
                .setBaseVersion(base.isPresent() ? base.getAsLong() : null)
                .setSha256(bytes.sha256())
                .setSize(bytes.size())
                .setStore(store.kind())
                .setLocation(store.kind() == StoreKind.FILE ? place.location() + "/" + FILE : place.location())
                .setChunks(place.chunks())
                .setStep(version)
                .setCreatedAt(clock.instant())
                .build();
        log.send(topics.weights(), runId, manifest);
        log.send(topics.weightsHistory(), runId, manifest);
        places.put(version, place);
    }

    /** Deletes the bytes of a version within the transaction that is open. Its manifest stays in the history. */
    void drop(long version) {
        ByteStore.Place place = places.get(version);
        if (place != null) {
            store.delete(version, place);
            dropped.add(place);
        }
    }

    /** The transaction is committed. */
    void committed() {
        dropped.forEach(store::discard);
        dropped.clear();
    }

    private @Nullable Long parent(long version) {
        SortedMap<Long, ByteStore.Place> earlier = places.headMap(version);
        return earlier.isEmpty() ? null : earlier.lastKey();
    }
}
