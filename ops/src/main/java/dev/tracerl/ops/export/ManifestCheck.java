package dev.tracerl.ops.export;

import dev.tracerl.schemas.avro.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Whether an export may go on from a manifest. */
final class ManifestCheck {

    private final Path root;

    ManifestCheck(Path root) {
        this.root = root;
    }

    void check(Manifest manifest, RunSpec run, SortedSet<ExportTable> tables) throws IOException {
        if (manifest.format() != Manifest.FORMAT) {
            throw new ExportException("%s was exported in format %d, this is format %d: use another folder"
                    .formatted(root, manifest.format(), Manifest.FORMAT));
        }
        if (!manifest.createdAt().equals(run.getCreatedAt().toString())) {
            throw new ExportException("%s holds a run %s that was created at %s, this one was at %s: use another folder"
                    .formatted(root, run.getRunId(), manifest.createdAt(), run.getCreatedAt()));
        }
        if (!manifest.tables().equals(tables)) {
            throw new ExportException("%s holds the tables %s of %s: export the same ones, or use another folder"
                    .formatted(root, names(manifest.tables()), run.getRunId()));
        }
        for (Part part : manifest.parts()) {
            Path file = root.resolve(part.file());
            if (!Files.isRegularFile(file) || Files.size(file) != part.bytes()) {
                throw new ExportException("%s is missing or was changed: use another folder".formatted(file));
            }
        }
    }

    private static String names(SortedSet<ExportTable> tables) {
        return tables.stream().map(ExportTable::id).collect(Collectors.joining(", "));
    }
}
