package dev.tracerl.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.avro.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunEditsTest {

    private static final Path FILE = Path.of("..", "runs", "sudoku.yaml");
    private static final Overrides ALL =
            new Overrides(Optional.of(9L), Optional.of(0), Optional.of(12L), Optional.of(0.5));

    @Test
    void theSeedGoesToBothRunsAndTheFirstWeights() {
        // When
        List<PlannedRun> runs = RunFile.read(FILE, documents -> RunEdits.apply(documents, ALL, 1));

        // Then
        assertThat(runs).extracting(run -> run.spec().getSeed()).containsExactly(9L, 9L);
        assertThat(runs.get(0).spec().getModel().getInitial().getSeed()).isEqualTo(9);
    }

    @Test
    void theOtherFlagsChangeTheTraceRlRunOnly() {
        // Given
        long warmUpSteps =
                RunFile.read(FILE, documents -> {}).get(0).spec().getStop().getMaxSteps();

        // When
        List<PlannedRun> runs = RunFile.read(FILE, documents -> RunEdits.apply(documents, ALL, 1));

        // Then
        RunSpec rl = runs.get(1).spec();
        assertThat(rl.getGroups().getMaxLag()).isZero();
        assertThat(rl.getStop().getMaxSteps()).isEqualTo(12);
        assertThat(rl.getStop().getTargetAccuracy()).isEqualTo(0.5);
        assertThat(runs.get(0).spec().getStop().getMaxSteps()).isEqualTo(warmUpSteps);
    }

    @Test
    void laterDemosHaveRunsOfTheirOwn() {
        // When
        List<PlannedRun> runs = RunFile.read(FILE, documents -> RunEdits.apply(documents, ALL, 3));

        // Then
        assertThat(runs).extracting(PlannedRun::runId).containsExactly("sudoku-warmup-3", "sudoku-3");
        assertThat(runs.get(1).spec().getModel().getInitial().getRunId()).isEqualTo("sudoku-warmup-3");
    }
}
