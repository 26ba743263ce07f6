package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.ops.archive.Manifest.SchemaFile;
import dev.tracerl.ops.archive.Manifest.Segment;
import dev.tracerl.ops.archive.Manifest.StoredFile;
import dev.tracerl.ops.input.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Checks that every byte of an archive is as it was written. */
final class ArchiveCheck {

    private final ArchiveFolder folder;

    ArchiveCheck(ArchiveFolder folder) {
        this.folder = folder;
    }

    /**
     * What the archive holds.
     *
     * @throws BadInputException if the folder holds no complete archive
     * @throws DamagedArchiveException naming the first file that is wrong and the place within it
     */
    Manifest require() {
        try {
            Manifest manifest = manifest();
            for (SchemaFile schema : manifest.schemas()) {
                check(schema);
            }
            for (Partition partition : manifest.partitions()) {
                for (Segment segment : partition.segments()) {
                    check(partition, segment);
                }
            }
            for (StoredFile file : manifest.archivedFiles().toList()) {
                check(file);
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the archive in " + folder.root() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Manifest manifest() throws IOException {
        Manifest manifest = folder.manifest()
                .orElseThrow(() -> new BadInputException(
                        "there is no archive in " + folder.root() + " (" + ArchiveFolder.MANIFEST + " is missing)"));
        if (manifest.format() < 1 || manifest.format() > Manifest.FORMAT) {
            throw new BadInputException("the archive in %s has format %d, this build reads formats 1 to %d"
                    .formatted(folder.root(), manifest.format(), Manifest.FORMAT));
        }
        Path checksums = folder.path(ArchiveFolder.CHECKSUMS);
        if (!Files.exists(checksums)) {
            throw manifest.complete()
                    ? new DamagedArchiveException("file SHA256SUMS is missing")
                    : new BadInputException("the archive in %s is not complete: run tracerl archive again to finish it"
                            .formatted(folder.root()));
        }
        byte[] json = Files.readAllBytes(folder.path(ArchiveFolder.MANIFEST));
        byte[] expected = ArchiveFolder.checksums(manifest, json).getBytes(UTF_8);
        if (!Arrays.equals(expected, Files.readAllBytes(checksums))) {
            throw new DamagedArchiveException("manifest.json and SHA256SUMS contradict each other: one is damaged");
        }
        return manifest;
    }

    private void check(SchemaFile schema) throws IOException {
        if (!Files.exists(folder.path(schema.file()))) {
            throw new DamagedArchiveException("file " + schema.file() + " is missing");
        }
        if (!Sha256.of(folder.path(schema.file())).equals(schema.sha256())) {
            throw new DamagedArchiveException("file " + schema.file() + " is damaged: its SHA-256 differs");
        }
    }

    private void check(Partition partition, Segment segment) throws IOException {
        Path file = folder.path(segment.file());
        if (!Files.exists(file)) {
            throw new DamagedArchiveException("file %s is missing: records %d to %d of %s"
                    .formatted(segment.file(), segment.first(), segment.last(), partition.name()));
        }
        if (Files.size(file) != segment.bytes()) {
            throw damaged(segment, "it has %d bytes instead of %d".formatted(Files.size(file), segment.bytes()));
        }
        if (!Sha256.of(file).equals(segment.sha256())) {
            throw damaged(segment, "its SHA-256 differs");
        }
    }

    private void check(StoredFile stored) throws IOException {
        Path location = Path.of(stored.location());
        if (location.isAbsolute() || !location.equals(location.normalize()) || location.startsWith("..")) {
            throw new DamagedArchiveException(
                    "manifest.json names a place outside of the run's folder: " + stored.location());
        }
        Path file = folder.path(stored.file());
        if (!Files.exists(file)) {
            throw new DamagedArchiveException("file %s is missing: %s".formatted(stored.file(), stored.name()));
        }
        if (Files.size(file) != stored.bytes()) {
            throw new DamagedArchiveException("file %s is damaged: it has %d bytes instead of %d; it holds %s"
                    .formatted(stored.file(), Files.size(file), stored.bytes(), stored.name()));
        }
        if (!Sha256.of(file).equals(stored.sha256())) {
            throw new DamagedArchiveException(
                    "file %s is damaged: its SHA-256 differs; it holds %s".formatted(stored.file(), stored.name()));
        }
    }

    /** Reads the file for the place of the damage. */
    private DamagedArchiveException damaged(Segment segment, String what) {
        String where;
        try (SegmentReader reader = new SegmentReader(folder, segment.file())) {
            ArchivedRecord next = reader.next();
            while (next != null) {
                next = reader.next();
            }
            where = "all records before " + reader.place() + " are readable";
        } catch (DamagedArchiveException e) {
            where = String.valueOf(e.getMessage());
        } catch (IOException e) {
            where = segment.file() + ", record 1 (the first): " + e.getMessage();
        }
        return new DamagedArchiveException("file " + segment.file() + " is damaged: " + what + "; " + where);
    }
}
