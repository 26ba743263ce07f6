package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.weights.WeightChunks;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes archived records onto a run's topics, and remembers where the chunks of each version begin. */
final class RunWriter {

    private static final String FIRST_CHUNK = Ids.chunk(1, 0).substring(1);

    private final LogWriter writer;
    private final Rewriter rewriter;
    private final String runId;
    private final Map<String, Integer> partitions;
    private final Map<String, Map<String, String>> placesOfChunks = new HashMap<>(); // by topic of chunks
    private final Map<String, Map<String, String>> placesOfManifests = new HashMap<>(); // by topic of manifests

    /** @param partitions number of partitions of each topic of the run */
    RunWriter(LogWriter writer, Rewriter rewriter, String runId, Map<String, Integer> partitions) {
        this.writer = writer;
        this.rewriter = rewriter;
        this.runId = runId;
        this.partitions = partitions;
        RunTopics topics = RunTopics.of(runId);
        topics.all().stream()
                .filter(topic -> topic.valueType() == WeightChunk.class)
                .map(Topic::name)
                .forEach(chunks -> placesOfChunks.put(chunks, new ConcurrentHashMap<>()));
        topics.all()
                .forEach(topic -> topics.chunksOf(topic)
                        .ifPresent(chunks -> placesOfManifests.put(topic.name(), places(chunks.name()))));
    }

    private Map<String, String> places(String chunks) {
        return placesOfChunks.getOrDefault(chunks, Map.of());
    }

    /** Records of a partition stay together and in order; shared topics are partitioned by key. */
    void write(Partition source, ArchivedRecord found) {
        String topic = source.shared() ? source.topic() : runId + "." + source.topic();
        Integer count = partitions.get(topic);
        ProducerRecord<byte[], byte[]> produced = new ProducerRecord<>(
                topic,
                count == null ? null : Integer.valueOf(source.partition() % count),
                found.timestamp(),
                rewriter.key(found.key()),
                rewriter.value(found.value(), placesOfManifests.getOrDefault(topic, Map.of())));
        found.headers().forEach(header -> produced.headers().add(header.key(), header.value()));
        if (!source.shared()) {
            new OriginalPlace(source.partition(), found.offset()).nameIn(produced.headers());
        }
        writer.send(produced, written(topic, source.partition(), found));
    }

    /** Waits until the broker has everything. */
    void flush() {
        writer.flush();
    }

    private Consumer<RecordMetadata> written(String topic, int partition, ArchivedRecord found) {
        byte[] key = found.key();
        Map<String, String> places = placesOfChunks.get(topic);
        if (places == null || key == null || !new String(key, UTF_8).endsWith(FIRST_CHUNK)) {
            return metadata -> {};
        }
        String place = WeightChunks.location(partition, found.offset());
        return metadata -> places.put(place, WeightChunks.location(metadata.partition(), metadata.offset()));
    }
}
