package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.archive.Manifest.SchemaFile;
import dev.tracerl.schemas.WireRecords;
import dev.tracerl.schemas.WireSchemas;
import dev.tracerl.schemas.avro.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Collects the schemas of the values that are archived, those within dead letters included. */
final class SchemaShelf {

    private final ArchiveFolder folder;
    private final WireSchemas registry;
    private final Map<Integer, SchemaFile> files = new TreeMap<>();
    private final Map<Integer, Schema> schemas = new TreeMap<>();
    private final Set<Integer> unknown = new HashSet<>();

    SchemaShelf(ArchiveFolder folder, WireSchemas registry, List<SchemaFile> known) {
        this.folder = folder;
        this.registry = registry;
        known.forEach(file -> files.put(file.id(), file));
    }

    List<SchemaFile> files() {
        return List.copyOf(files.values());
    }

    /** Takes note of what a value needs; a value that names no known schema needs nothing. */
    void note(byte @Nullable [] value) throws IOException {
        OptionalInt id = WireSchemas.id(value);
        if (value == null || id.isEmpty() || unknown.contains(id.getAsInt())) {
            return;
        }
        Schema schema = schema(id.getAsInt());
        if (schema != null && schema.getFullName().equals(DeadLetter.class.getName())) {
            Optional<GenericRecord> letter = WireRecords.decode(schema, value);
            if (letter.isPresent() && letter.get().get("value") instanceof ByteBuffer origin) {
                note(WireRecords.bytes(origin));
            }
        }
    }

    private @Nullable Schema schema(int id) throws IOException {
        Schema seen = schemas.get(id);
        if (seen != null) {
            return seen;
        }
        Optional<Schema> found = registry.find(id);
        if (found.isEmpty()) {
            unknown.add(id);
            return null;
        }
        Schema schema = found.get();
        schemas.put(id, schema);
        if (!files.containsKey(id)) {
            byte[] text = SchemaFormatter.format("json/pretty", schema).getBytes(UTF_8);
            String file = "schemas/" + id + ".avsc";
            folder.write(file, text);
            files.put(id, new SchemaFile(id, schema.getFullName(), file, Sha256.of(text)));
        }
        return schema;
    }
}
