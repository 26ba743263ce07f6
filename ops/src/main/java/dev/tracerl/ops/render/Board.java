package dev.tracerl.ops.render;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A 4x4 sudoku with its answer and the denoising step that revealed each cell. */
public final class Board {

    private static final int SIDE = 4;
    private static final int CELLS = SIDE * SIDE;

    private Board() {}

    /** Whether the trajectory's prompt and answer are boards. */
    public static boolean fits(Trajectory trajectory) {
        return trajectory.getSegments().size() == 2
                && trajectory.getSegments().stream()
                        .allMatch(segment -> segment.getText().matches("[0-4]{" + CELLS + "}"));
    }

    /** The board, row by row. */
    public static List<String> lines(Trajectory trajectory) {
        String givens = trajectory.getSegments().get(0).getText().replace('0', '.');
        Segment answer = trajectory.getSegments().get(1);
        int[] steps = Packed.ints(answer.getStepMap());
        List<String> lines = new ArrayList<>();
        lines.add("  puzzle     answer     revealed at step");
        for (int row = 0; row < SIDE; row++) {
            StringBuilder times = new StringBuilder();
            for (int cell = row * SIDE; cell < (row + 1) * SIDE; cell++) {
                times.append(String.format(Locale.ROOT, "%3d", steps[cell]));
            }
            lines.add("  " + spaced(givens, row) + "    " + spaced(answer.getText(), row) + "   " + times);
        }
        return lines;
    }

    private static String spaced(String cells, int row) {
        return String.join(" ", cells.substring(row * SIDE, (row + 1) * SIDE).split(""));
    }
}
