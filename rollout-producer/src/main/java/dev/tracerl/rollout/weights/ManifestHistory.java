package dev.tracerl.rollout.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Looks up manifests on weights-history and reads the topic again only for versions it has not seen. */
public final class ManifestHistory implements LongFunction<Optional<WeightManifest>> {

    private final Connection connection;
    private final AvroSerdes serdes;
    private final RunTopics topics;
    private final Map<Long, WeightManifest> seen = new HashMap<>();

    public ManifestHistory(Connection connection, AvroSerdes serdes, RunTopics topics) {
        this.connection = connection;
        this.serdes = serdes;
        this.topics = topics;
    }

    @Override
    public Optional<WeightManifest> apply(long version) {
        if (!seen.containsKey(version)) {
            TopicReader.each(
                    connection,
                    serdes,
                    topics.weightsHistory(),
                    (key, manifest) -> manifest.ifPresent(found -> seen.put(found.getVersion(), found)));
        }
        return Optional.ofNullable(seen.get(version));
    }
}
