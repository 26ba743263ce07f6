package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.archive.Manifest.StoredFile;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of weights above 2 GiB into an archive and out of it. Takes minutes and 5 GB of disk, and therefore runs on demand:
 *
 * <pre>
 *   ./mvnw test -Dquick -pl ops -am -Dtest=LargeFileTest -Dsurefire.failIfNoSpecifiedTests=false
 *       -Dtest.jvm.args="-Dtracerl.large=true -Xmx64m"
 * </pre>
 */
@EnabledIfSystemProperty(named = "tracerl.large", matches = "true", disabledReason = "takes 5 GB of disk")
class LargeFileTest {

    private static final long SIZE = (1L << 31) + 3;
    private static final String LOCATION = "large-1/weights/000001-abc/model.safetensors";

    @Test
    void aFileAboveTwoGibibytesComesBackAsItWas(@TempDir Path folder) throws IOException {
        // Given
        Path weights = folder.resolve("weights");
        Path file = weights.resolve(LOCATION);
        Files.createDirectories(file.getParent());
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap("end".getBytes(UTF_8)), SIZE - 3);
        }
        ArchiveFolder archive = new ArchiveFolder(folder.resolve("archive"));
        StoredFile wanted =
                new StoredFile("weight-chunks", 1, "weights large@1", LOCATION, SIZE, Sha256.of(file), false, null);
        Connection connection = new Connection("none:1", "mock://none").with(Optional.of(weights));

        // When
        StoredFile copied = new StoredFileCopier(archive, connection, "large").copy(wanted);
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                "large",
                "cluster",
                "2026-01-01T00:00:00Z",
                true,
                List.of(),
                List.of(),
                List.of(copied));
        archive.write(manifest);
        new RestoredFiles(archive, new ArchiveCheck(archive).require(), Optional.of(weights), "copy").write(line -> {});

        // Then
        Path restored = weights.resolve("copy/weights/000001-abc/model.safetensors");
        assertThat(copied.archived()).isTrue();
        assertThat(Files.size(restored)).isEqualTo(SIZE);
        assertThat(Sha256.of(restored)).isEqualTo(wanted.sha256());
    }
}
