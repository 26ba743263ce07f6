package dev.tracerl.ops.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.run.RunFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {

    @TempDir
    private Path folder;

    @Test
    void everythingWrongIsToldAtOnce() throws IOException {
        // Given
        Path file = folder.resolve("broken.yaml");
        Files.writeString(file, """
                title: T
                base: base.yaml
                seeds: []
                steps: 0
                colour: red
                variants:
                  - {id: a, name: A, set: 3}
                  - {id: a, name: A again}
                  - {id: Big One, name: B}
                """);

        // When // Then
        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(RunFileException.class)
                .hasMessageContainingAll(
                        "colour: unknown key",
                        "seeds: expected",
                        "steps: expected",
                        "variants[0].set: expected",
                        "variants[1].id: expected",
                        "variants[2].id: expected");
    }

    @Test
    void theBaseIsBesideTheFile() throws IOException {
        // Given
        Path file = folder.resolve("one.yaml");
        Files.writeString(file, "{title: T, base: base.yaml, seeds: [4], steps: 7, variants: [{id: a, name: A}]}");

        // When
        ExperimentFile read = ExperimentFile.read(file);

        // Then
        assertThat(read.base()).isEqualTo(folder.resolve("base.yaml"));
        assertThat(read.withSeeds(List.of(9L)).withSteps(3))
                .satisfies(changed -> assertThat(changed.seeds()).containsExactly(9L))
                .satisfies(changed -> assertThat(changed.steps()).isEqualTo(3));
    }
}
