package dev.tracerl.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Trajectory;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenoisingTest {

    @Test
    void eachStepShowsWhatWasRevealedUpToIt() {
        // Given
        Trajectory trajectory = Answers.of("1,2=3", "1+2", 2, 1, 2, 4);

        // When
        List<String> lines = Denoising.lines(trajectory, Answers.NAMES);

        // Then
        assertThat(lines)
                .containsExactly(
                        "task sudoku-test/3  prompt 1,2=3",
                        "  step   1  ·+··",
                        "  step   2  1+2·",
                        "  step   4  1+2<|endoftext|>");
    }

    @Test
    void aSudokuIsShownAsBoards() {
        // Given
        Trajectory trajectory = Answers.of(
                "3102200002100320", "3142243142131324", 1, 1, 3, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);

        // When
        List<String> lines = Board.lines(trajectory);

        // Then
        assertThat(Board.fits(trajectory)).isTrue();
        assertThat(lines)
                .contains("  3 1 . 2    3 1 4 2     1  1  3  2", "  . 3 2 .    1 3 2 4    13 14 15 16")
                .hasSize(5);
    }

    @Test
    void otherTasksAreNoBoards() {
        // When // Then
        assertThat(Board.fits(Answers.of("1,2=3", "1+2", 1, 2, 3, 4))).isFalse();
    }
}
