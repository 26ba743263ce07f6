package dev.tracerl.trainer.out;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.schemas.weights.WeightChunks;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes versions into the Kafka weight store, within the transaction that is open. */
final class WeightPublisher {

    private final Transactions log;
    private final RunTopics topics;
    private final String runId;
    private final int chunkBytes;
    private final Clock clock;
    private final SortedMap<Long, Integer> chunks = new TreeMap<>(); // by version

    WeightPublisher(Transactions log, String runId, int chunkBytes, Clock clock) {
        this.log = log;
        this.topics = RunTopics.of(runId);
        this.runId = runId;
        this.chunkBytes = chunkBytes;
        this.clock = clock;
    }

    /** Takes note of versions that are on the log. */
    void published(Collection<WeightManifest> manifests) {
        manifests.forEach(manifest -> chunks.put(manifest.getVersion(), manifest.getChunks()));
    }

    /**
     * Writes the bytes, then the manifest that names their place.
     *
     * @param base version that they are adapters of; none if they are complete
     */
    void publish(long version, byte[] bytes, OptionalLong base) {
        List<WeightChunk> parts = WeightChunks.split(runId, version, bytes, chunkBytes);
        Future<RecordMetadata> first = log.sent(topics.weightChunks(), Ids.chunk(version, 0), parts.get(0));
        for (WeightChunk part : parts.subList(1, parts.size())) {
            log.send(topics.weightChunks(), Ids.chunk(version, part.getIndex()), part);
        }
        WeightManifest manifest = WeightManifest.newBuilder()
                .setModelId(runId)
                .setVersion(version)
                .setParentVersion(parent(version))
                .setKind(base.isPresent() ? WeightKind.ADAPTER : WeightKind.FULL)
                .setBaseVersion(base.isPresent() ? base.getAsLong() : null)
                .setSha256(Checksum.sha256(bytes))
                .setSize(bytes.length)
                .setStore(StoreKind.KAFKA)
                .setLocation(Transactions.location(first))
                .setChunks(parts.size())
                .setStep(version)
                .setCreatedAt(clock.instant())
                .build();
        log.send(topics.weights(), runId, manifest);
        log.send(topics.weightsHistory(), runId, manifest);
        chunks.put(version, parts.size());
    }

    /** Deletes the bytes of a version. Its manifest stays in the history. */
    void drop(long version) {
        int count = chunks.getOrDefault(version, 0);
        for (int index = 0; index < count; index++) {
            log.delete(topics.weightChunks(), Ids.chunk(version, index));
        }
    }

    private @Nullable Long parent(long version) {
        SortedMap<Long, Integer> earlier = chunks.headMap(version);
        return earlier.isEmpty() ? null : earlier.lastKey();
    }
}
