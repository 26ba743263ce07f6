package dev.tracerl.schemas.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFolderTest {

    private static final String PLACE = "toy/weights/000003-abc.safetensors";

    @TempDir
    private Path root;

    private final byte[] content = new byte[3 * WeightBytes.WINDOW / 2];
    private WeightFolder folder = new WeightFolder(Path.of("unset"));

    @BeforeEach
    void open() {
        new Random(3).nextBytes(content);
        folder = new WeightFolder(root);
    }

    @Test
    void whatIsWrittenIsReadBackAndLeavesNoDraft() throws IOException {
        // When
        folder.write(PLACE, WeightBytes.of(content));

        // Then
        try (WeightBytes read = folder.read("toy@3", PLACE)) {
            assertThat(read.toArray()).isEqualTo(content);
            assertThat(read.sha256()).isEqualTo(Checksum.sha256(content));
        }
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(root.resolve(PLACE));
        }
    }

    @Test
    void aFileThatIsOpenIsReadOnAfterItWasDeleted() {
        // Given
        folder.write(PLACE, WeightBytes.of(content));
        try (WeightBytes read = folder.read("toy@3", PLACE)) {

            // When
            folder.delete(PLACE);

            // Then
            assertThat(read.toArray()).isEqualTo(content);
        }
        assertThat(folder.has(PLACE)).isFalse();
        assertThatThrownBy(() -> folder.read("toy@3", PLACE))
                .isInstanceOf(MissingWeightsException.class)
                .hasMessageContaining("toy@3: there is no file " + root.resolve(PLACE));
    }

    @Test
    void aFolderIsDeletedWithItsFilesAndIsGoneForGood() {
        // Given
        folder.write("toy/states/000003-abc/state.json", WeightBytes.of(content));
        folder.write("toy/states/000003-abc/optimizer.bin", WeightBytes.of(content));

        // When
        folder.delete("toy/states/000003-abc");
        folder.delete("toy/states/000003-abc");

        // Then
        assertThat(root.resolve("toy/states")).isEmptyDirectory();
    }

    @Test
    void aMissingFolderIsNotCreated() {
        // Given
        WeightFolder missing = new WeightFolder(root.resolve("not-mounted"));

        // When / Then
        assertThatThrownBy(() -> missing.write(PLACE, WeightBytes.NONE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("NoSuchFileException " + missing.root())
                .hasMessageContaining("must be there, writable and have room");
        assertThatThrownBy(() -> missing.read("toy@3", PLACE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "toy@3: there is no weight folder " + missing.root() + "; mount it there, or say where it is");
        assertThat(missing.root()).doesNotExist();
    }

    @Test
    void aLocationDoesNotLeadOutOfTheFolder() {
        // When / Then
        for (String location : new String[] {"../secret", "/etc/passwd", "toy/../..", ""}) {
            assertThatThrownBy(() -> folder.read("toy@3", location))
                    .isInstanceOf(CorruptWeightsException.class)
                    .hasMessageContaining("is not in the weight folder");
        }
    }
}
