package dev.tracerl.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.follow.Records;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** On the run of the demo, which trains 32 groups per step. */
class RunScreenTest {

    private final RunSpec run = RunFile.read(Path.of("..", "runs", "sudoku.yaml"), documents -> {})
            .get(1)
            .spec();
    private final Records records = new Records(run);
    private final StringWriter shown = new StringWriter();
    private final RunScreen screen =
            new RunScreen(new Screen(new PrintWriter(shown), false), "sudoku", run, progress -> {}, reason -> {});

    @Test
    void aRunThatLearnsNothingIsToldOnceAndAgainWhenItIsTwiceAsBad() {
        // When
        for (long sequence = 0; sequence < 70; sequence++) {
            records.outcome(sequence, Outcome.FILTERED, 16);
            screen.tick(records.progress());
        }

        // Then
        assertThat(shown.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("  ! run sudoku learns nothing: none of the last 32 groups can be"),
                        line -> assertThat(line).contains("none of the last 64 groups"));
    }

    @Test
    void aStepEndsTheComplaint() {
        // Given
        for (long sequence = 0; sequence < 70; sequence++) {
            records.outcome(sequence, Outcome.FILTERED, 16);
        }

        // When
        records.outcome(70, Outcome.ACCEPTED, 16);
        screen.tick(records.progress());

        // Then
        assertThat(shown.toString()).isEmpty();
    }
}
