package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Fork;
import dev.tracerl.schemas.avro.RunSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecTreeTest {

    @ParameterizedTest
    @ValueSource(strings = {"sudoku", "countdown", "sudoku-block8", "sudoku-llada", "sudoku-dream"})
    void theTreeOfARunGivesTheSameRun(String file) {
        for (PlannedRun planned : RunFile.read(Path.of("..", "runs", file + ".yaml"), runs -> {})) {
            // Given
            RunSpec spec = planned.spec();
            spec.setFork(new Fork("base", 3L, "00", List.of("seed=1")));

            // When
            RunSpec again = RunFile.check("tree", SpecTree.of(spec)).spec();

            // Then
            assertThat(again).isEqualTo(spec);
        }
    }
}
