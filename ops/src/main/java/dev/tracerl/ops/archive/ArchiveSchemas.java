package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.SchemaFile;
import dev.tracerl.schemas.WireSchemas;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The schemas of an archive, by their archived ids. */
final class ArchiveSchemas {

    private ArchiveSchemas() {}

    static Map<Integer, Schema> read(ArchiveFolder folder, Manifest manifest) throws IOException {
        Map<Integer, Schema> schemas = new HashMap<>();
        for (SchemaFile file : manifest.schemas()) {
            schemas.put(
                    file.id(),
                    new Schema.Parser().parse(folder.path(file.file()).toFile()));
        }
        return schemas;
    }

    /** Makes a registry know them; their ids there by their archived ids. */
    static Map<Integer, Integer> register(Map<Integer, Schema> schemas, WireSchemas registry) {
        Map<Integer, Integer> ids = new HashMap<>();
        schemas.forEach((id, schema) -> ids.put(id, registry.register(schema)));
        return ids;
    }
}
