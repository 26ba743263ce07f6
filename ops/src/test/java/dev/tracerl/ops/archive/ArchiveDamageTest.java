package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.archive.ArchivedRecord.ArchivedHeader;
import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.ops.archive.Manifest.SchemaFile;
import dev.tracerl.ops.archive.Manifest.Segment;
import dev.tracerl.ops.input.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveDamageTest {

    private static final String SEGMENT = "run/verdicts/2/00000000000000000010.gz";

    @TempDir
    private Path directory;

    private ArchiveFolder folder;
    private Manifest manifest;

    @BeforeEach
    void archive() throws IOException {
        folder = new ArchiveFolder(directory);
        SegmentWriter writer = new SegmentWriter(folder, SEGMENT, 10);
        writer.write(record(10, "a"));
        writer.write(record(13, null));
        writer.write(record(20, "c"));
        Segment segment = writer.finish();
        byte[] schema = "{\"type\": \"string\"}".getBytes(UTF_8);
        folder.write("schemas/7.avsc", schema);
        manifest = new Manifest(
                Manifest.FORMAT,
                "r",
                "cluster",
                "2026-01-01T00:00:00Z",
                true,
                List.of(new Partition("verdicts", false, 2, 21, 21, List.of(segment))),
                List.of(new SchemaFile(7, "string", "schemas/7.avsc", Sha256.of(schema))),
                List.of());
        folder.write(manifest);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        // When
        Manifest read = new ArchiveCheck(folder).require();

        // Then
        assertThat(read).isEqualTo(manifest);
        try (SegmentReader reader = new SegmentReader(folder, SEGMENT)) {
            ArchivedRecord first = reader.next();
            assertThat(first).isNotNull();
            assertThat(first.offset()).isEqualTo(10);
            assertThat(first.timestamp()).isEqualTo(1010);
            assertThat(first.key()).asString(UTF_8).isEqualTo("key");
            assertThat(first.value()).asString(UTF_8).isEqualTo("a");
            assertThat(first.headers()).singleElement().satisfies(header -> {
                assertThat(header.key()).isEqualTo("traceparent");
                assertThat(header.value()).containsExactly(1, 2);
            });
            ArchivedRecord tombstone = reader.next();
            assertThat(tombstone).isNotNull();
            assertThat(tombstone.value()).isNull();
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void aFlippedBitAnywhereIsRefused() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] original = Files.readAllBytes(file);
                for (int at = 0; at < original.length; at++) {
                    byte[] flipped = original.clone();
                    flipped[at] ^= 1;
                    Files.write(file, flipped);
                    assertThatThrownBy(() -> new ArchiveCheck(folder).require())
                            .as("byte %d of %s", at, file)
                            .isInstanceOfAny(DamagedArchiveException.class, BadInputException.class);
                }
                Files.write(file, original);
            }
        }
        assertThat(new ArchiveCheck(folder).require()).isEqualTo(manifest);
    }

    @Test
    void aTruncatedSegmentNamesTheRecord() throws IOException {
        // Given
        byte[] bytes = Files.readAllBytes(folder.path(SEGMENT));
        Files.write(folder.path(SEGMENT), Arrays.copyOf(bytes, bytes.length - 12));

        // Then
        assertThatThrownBy(() -> new ArchiveCheck(folder).require())
                .isInstanceOf(DamagedArchiveException.class)
                .hasMessageContaining("file %s is damaged: it has %d bytes instead of %d; %s, record "
                        .formatted(SEGMENT, bytes.length - 12, bytes.length, SEGMENT))
                .hasMessageContaining("after offset ");
    }

    @Test
    void aMissingSegmentNamesItsOffsets() throws IOException {
        // Given
        Files.delete(folder.path(SEGMENT));

        // Then
        assertThatThrownBy(() -> new ArchiveCheck(folder).require())
                .hasMessage("file %s is missing: records 10 to 20 of verdicts-2".formatted(SEGMENT));
    }

    @Test
    void aMissingSchemaIsNamed() throws IOException {
        // Given
        Files.delete(folder.path("schemas/7.avsc"));

        // Then
        assertThatThrownBy(() -> new ArchiveCheck(folder).require()).hasMessage("file schemas/7.avsc is missing");
    }

    @Test
    void anUnfinishedArchiveIsRefused() throws IOException {
        // Given
        Files.delete(folder.path("SHA256SUMS"));
        folder.write(new Manifest(
                Manifest.FORMAT,
                "r",
                "cluster",
                manifest.cutAt(),
                false,
                manifest.partitions(),
                manifest.schemas(),
                List.of()));

        // Then
        assertThatThrownBy(() -> new ArchiveCheck(folder).require())
                .isInstanceOf(BadInputException.class)
                .hasMessage("the archive in %s is not complete: run tracerl archive again to finish it"
                        .formatted(directory));
    }

    @Test
    void anEmptyFolderIsNoArchive(@TempDir Path empty) {
        assertThatThrownBy(() -> new ArchiveCheck(new ArchiveFolder(empty)).require())
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("there is no archive in ");
    }

    private static ArchivedRecord record(long offset, String value) {
        return new ArchivedRecord(
                offset,
                1000 + offset,
                "key".getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                List.of(new ArchivedHeader("traceparent", new byte[] {1, 2})));
    }
}
