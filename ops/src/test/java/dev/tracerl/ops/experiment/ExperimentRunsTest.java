package dev.tracerl.ops.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.run.PlannedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentRunsTest {

    private static final Path SHIPPED = Path.of("..", "experiments");

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyVariantOfEveryShippedExperimentIsAValidRunFromTheSeedsWarmUp(Path path) {
        // Given
        ExperimentFile file = ExperimentFile.read(path);
        ExperimentRuns runs = new ExperimentRuns("x", file);

        for (Variant variant : file.variants()) {
            // When
            PlannedRun run = runs.variant(5, variant);

            // Then
            assertThat(run.runId()).isEqualTo("x-" + variant.id() + "-s5");
            assertThat(run.spec().getSeed()).isEqualTo(5);
            assertThat(run.spec().getStop().getMaxSteps()).isEqualTo(file.steps());
            assertThat(run.spec().getStop().getTargetAccuracy()).isNull();
            assertThat(run.spec().getStop().getTargetSet()).isNull();
            assertThat(run.spec().getModel().getInitial().getRunId())
                    .isEqualTo(runs.warmUp(5).runId());
        }
    }

    @Test
    void aVariantChangesItsOwnRunOnly() {
        // Given
        ExperimentFile file = ExperimentFile.read(SHIPPED.resolve("lag.yaml"));
        ExperimentRuns runs = new ExperimentRuns("lag", file);

        // When
        List<Integer> lags = file.variants().stream()
                .map(variant -> runs.variant(1, variant).spec().getGroups().getMaxLag())
                .toList();

        // Then
        assertThat(lags).startsWith(0, 4, 8);
        assertThat(runs.warmUp(2).spec().getModel().getInitial().getSeed()).isEqualTo(2);
    }
}
