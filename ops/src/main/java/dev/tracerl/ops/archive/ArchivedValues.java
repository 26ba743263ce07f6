package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Segment;
import dev.tracerl.schemas.WireSchemas;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads what an archive holds of a topic, as records of this build, without a registry. */
final class ArchivedValues {

    private final ArchiveFolder folder;
    private final Manifest manifest;
    private final Map<Integer, Schema> schemas;

    ArchivedValues(ArchiveFolder folder, Manifest manifest) throws IOException {
        this.folder = folder;
        this.manifest = manifest;
        this.schemas = ArchiveSchemas.read(folder, manifest);
    }

    /**
     * Hands key and value of every record to a handler, partition by partition; no value for tombstones and for what is no
     * such record.
     *
     * @param topic its name without the run's prefix
     */
    <V extends SpecificRecord> void each(String topic, Class<V> type, BiConsumer<String, Optional<V>> handler)
            throws IOException {
        records(topic, found -> handler.accept(RunRecords.key(found), value(found.value(), type)));
    }

    /** Keys of a compacted topic that have a value. */
    Set<String> keys(String topic) throws IOException {
        Set<String> keys = new TreeSet<>();
        records(topic, found -> {
            keys.remove(RunRecords.key(found));
            if (found.value() != null) {
                keys.add(RunRecords.key(found));
            }
        });
        return keys;
    }

    private void records(String topic, Consumer<ArchivedRecord> handler) throws IOException {
        List<Segment> segments = manifest.partitions().stream()
                .filter(partition -> partition.topic().equals(topic))
                .flatMap(partition -> partition.segments().stream())
                .toList();
        for (Segment segment : segments) {
            try (SegmentReader reader = new SegmentReader(folder, segment.file())) {
                for (ArchivedRecord next = reader.next(); next != null; next = reader.next()) {
                    handler.accept(next);
                }
            }
        }
    }

    private <V extends SpecificRecord> Optional<V> value(byte @Nullable [] value, Class<V> type) {
        OptionalInt id = WireSchemas.id(value);
        Schema schema = id.isEmpty() ? null : schemas.get(id.getAsInt());
        if (value == null || schema == null || !schema.getFullName().equals(type.getName())) {
            return Optional.empty();
        }
        SpecificData data = SpecificData.getForClass(type);
        SpecificDatumReader<V> reader = new SpecificDatumReader<>(schema, data.getSchema(type), data);
        int length = value.length - WireSchemas.PREFIX;
        try {
            return Optional.of(
                    reader.read(null, DecoderFactory.get().binaryDecoder(value, WireSchemas.PREFIX, length, null)));
        } catch (IOException e) {
            throw new DamagedArchiveException("a record of " + type.getSimpleName() + " cannot be read: " + e, e);
        }
    }
}
