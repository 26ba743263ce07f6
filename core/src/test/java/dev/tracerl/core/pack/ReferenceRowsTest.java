package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worked example by hand: prompt of 3, response of 6, blocks of 4. */
class ReferenceRowsTest {

    private static final int M = 99;
    private static final int[] A = {0, 11, 12, 21, 22, 23, 24, 25, 0};
    private static final int[] B = {13, 14, 15, 31, 32, 33, 34, 35, 36};

    @Test
    void oneRoundTakesTheNextStepOfEveryBlock() {
        // When
        List<ReferenceRow> rows = rows(B, 1, 2, 1, 3, 3, 5, 4);

        // Then
        assertThat(rows)
                .extracting(row -> noisy(row))
                .containsExactly(List.of(M, M, M, M, M, M), List.of(M, 32, M, M, M, 36), List.of(31, 32, M, M, 35, 36));
        assertThat(rows).extracting(row -> targets(row)).containsExactly(List.of(1, 5), List.of(0, 4), List.of(2, 3));
    }

    @Test
    void paddingIsNotATarget() {
        // When
        List<ReferenceRow> rows = rows(A, 1, 1, 2, 1, 3, 4, 5);

        // Then
        assertThat(rows).extracting(row -> targets(row)).containsExactly(List.of(0, 2, 4), List.of(1), List.of(3));
    }

    @Test
    void shrinkMergesRounds() {
        // When
        List<ReferenceRow> rows = rows(A, 2, 1, 2, 1, 3, 4, 5);

        // Then
        assertThat(rows).extracting(row -> targets(row)).containsExactly(List.of(0, 1, 2, 4), List.of(3));
    }

    @Test
    void maskHidesLaterBlocksAndPadding() {
        // When
        ReferenceRow row = rows(A, 1, 1, 2, 1, 3, 4, 5).get(0);

        // Then
        assertThat(row.positions()).containsExactly(1, 0, 1, 2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6, 7);
        assertThat(visible(row, 0)).containsExactly(1, 2);
        assertThat(visible(row, 4)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(visible(row, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(visible(row, 10)).containsExactly(1, 2, 9, 10, 11, 12);
        assertThat(visible(row, 14)).containsExactly(1, 2, 3, 4, 5, 6, 13, 14);
    }

    @Test
    void missingStepsComeLast() {
        // When
        List<ReferenceRow> rows = rows(B, 1, 1, 1);

        // Then
        assertThat(rows).extracting(row -> targets(row)).containsExactly(List.of(0, 1, 4, 5), List.of(2, 3));
    }

    @Test
    void impossibleLayoutsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> new ReferenceLayout(0, 1, M, 0, 0)).hasMessage("blockSize is 0, must be at least 1");
        assertThatThrownBy(() -> new ReferenceLayout(4, 0, M, 0, 0)).hasMessage("shrink is 0, must be at least 1");
        assertThatThrownBy(() -> new ReferenceLayout(4, 1, M, 0, -1))
                .hasMessage("trainedPads is -1, must be at least 0");
    }

    private static List<ReferenceRow> rows(int[] sequence, int shrink, int... steps) {
        return ReferenceRows.responseAligned(sequence, 3, steps, new ReferenceLayout(4, shrink, M, 0, 0));
    }

    private static List<Integer> noisy(ReferenceRow row) {
        return IntStream.of(row.extendedIds()).skip(9).boxed().toList();
    }

    private static List<Integer> targets(ReferenceRow row) {
        return IntStream.range(0, 6).filter(i -> row.targets()[3 + i]).boxed().toList();
    }

    private static List<Integer> visible(ReferenceRow row, int i) {
        return IntStream.range(0, 15).filter(j -> row.attention()[i][j]).boxed().toList();
    }
}
