package dev.tracerl.ops.weights;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The versions of a run that exists, as they are on the log.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 * @param runId the run
 */
public record RunWeights(Connection connection, AvroSerdes serdes, String runId) {

    /** Every version that was published, by its newest manifest. */
    public NavigableMap<Long, WeightManifest> history() {
        NavigableMap<Long, WeightManifest> history = new TreeMap<>();
        TopicReader.each(
                connection,
                serdes,
                RunTopics.of(runId).weightsHistory(),
                (key, value) -> value.ifPresent(manifest -> history.put(manifest.getVersion(), manifest)));
        return history;
    }

    /** The version that readers get; none before version 0. */
    public OptionalLong newest() {
        WeightManifest newest = TopicReader.latest(
                        connection, serdes, RunTopics.of(runId).weights())
                .get(runId);
        return newest == null ? OptionalLong.empty() : OptionalLong.of(newest.getVersion());
    }

    /** The versions whose bytes are all there. Reads the whole topic of the bytes. */
    public SortedSet<Long> stored(NavigableMap<Long, WeightManifest> history) {
        Set<String> keys = TopicReader.keys(connection, RunTopics.of(runId).weightChunks());
        SortedSet<Long> stored = new TreeSet<>();
        history.forEach((version, manifest) -> {
            if (IntStream.range(0, manifest.getChunks()).allMatch(index -> keys.contains(Ids.chunk(version, index)))) {
                stored.add(version);
            }
        });
        return stored;
    }

    /**
     * A version that was published and whose bytes, and those of its base, are on the log and undamaged. Bytes that were
     * deleted count as gone, although they can be read until the topic is compacted.
     *
     * @throws BadInputException saying which versions are there if it is not
     */
    public WeightManifest requireStored(long version) {
        NavigableMap<Long, WeightManifest> history = history();
        SortedSet<Long> stored = stored(history);
        WeightManifest manifest = require(history, version);
        check(manifest, stored);
        if (manifest.getBaseVersion() != null) {
            check(require(history, manifest.getBaseVersion()), stored);
        }
        return manifest;
    }

    /**
     * Checks that the run's trainer left its state at a version, and that its bytes are there and undamaged.
     *
     * @throws BadInputException saying which versions have one if not
     */
    public void requireState(long version) {
        TrainerStates states = new TrainerStates(connection, serdes);
        try {
            states.read(states.at(runId, version)).values().forEach(WeightBytes::close);
        } catch (MissingWeightsException | CorruptWeightsException e) {
            throw new BadInputException(e.getMessage() + "; choose another version, or fork the weights alone", e);
        }
    }

    private void check(WeightManifest manifest, SortedSet<Long> stored) {
        if (!stored.contains(manifest.getVersion())) {
            throw new BadInputException(
                    "the bytes of version %d of run %s are not on the log any more: the run's weight plan dropped them; there are those of %s"
                            .formatted(manifest.getVersion(), runId, VersionList.of(stored)));
        }
        try (WeightReader reader = new StoredWeights(connection, serdes)) {
            reader.read(manifest).close();
        } catch (MissingWeightsException | CorruptWeightsException e) {
            throw new BadInputException(e.getMessage() + "; choose another version", e);
        }
    }

    private WeightManifest require(NavigableMap<Long, WeightManifest> history, long version) {
        WeightManifest manifest = history.get(version);
        if (manifest == null) {
            throw new BadInputException("run %s has not published version %d; its versions are %s"
                    .formatted(runId, version, VersionList.of(history.navigableKeySet())));
        }
        return manifest;
    }
}
