package dev.tracerl.core.pack;

import dev.tracerl.core.trace.StepMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layout of the published code for models with full attention, one evaluation per step of the response: the oracle
 * for {@link TracePacker} and the bridge to the published numbers.
 */
public final class ReferenceFullRows {

    private ReferenceFullRows() {}

    /** What the families make of padding and of scores. */
    public enum Family {
        /** Every row sees everything; row {@code i} scores token {@code i}. */
        LLADA,
        /** Padding up to the first response position is not seen; row {@code i} scores token {@code i + 1}. */
        DREAM
    }

    /**
     * Rows as published: prompt padded on the left, response on the right; steps without targets left out.
     *
     * @param sequence {@code (L)} padded prompt and padded response
     * @param promptLength tokens of the padded prompt
     * @param stepMap steps of the response, at least as many as it has tokens
     * @param layout shrinkage, mask and padding; its block size is not read
     */
    public static List<ReferenceRow> of(
            Family family, int[] sequence, int promptLength, int[] stepMap, ReferenceLayout layout) {
        int length = sequence.length - promptLength;
        int[] steps = new StepMap(Arrays.copyOf(stepMap, length))
                .shrink(layout.shrink())
                .steps();
        int[] positions = new int[sequence.length];
        Arrays.setAll(positions, i -> i);
        boolean[][] attention = attention(family, sequence, promptLength, layout.padToken());
        List<ReferenceRow> rows = new ArrayList<>();
        for (int step : Arrays.stream(steps).sorted().distinct().toArray()) {
            boolean[] targets = targets(sequence, promptLength, steps, step, layout);
            if (ReferenceRows.any(targets)) {
                int[] ids = sequence.clone();
                for (int i = 0; i < length; i++) {
                    ids[promptLength + i] = steps[i] >= step ? layout.maskToken() : ids[promptLength + i];
                }
                int shift = family == Family.DREAM ? 1 : 0;
                rows.add(new ReferenceRow(ids, targets, positions, sequence, attention, shift));
            }
        }
        return List.copyOf(rows);
    }

    /** Padding counts over the whole response, not over the row's targets as with blocks. */
    private static boolean[] targets(int[] sequence, int promptLength, int[] steps, int step, ReferenceLayout layout) {
        boolean[] targets = new boolean[sequence.length];
        int pads = 0;
        for (int i = 0; i < steps.length; i++) {
            boolean pad = sequence[promptLength + i] == layout.padToken();
            pads += pad ? 1 : 0;
            targets[promptLength + i] = steps[i] == step && (!pad || pads <= layout.trainedPads());
        }
        return targets;
    }

    private static boolean[][] attention(Family family, int[] sequence, int promptLength, int padToken) {
        boolean[] visible = new boolean[sequence.length];
        for (int j = 0; j < visible.length; j++) {
            visible[j] = family == Family.LLADA || j > promptLength || sequence[j] != padToken;
        }
        boolean[][] sees = new boolean[sequence.length][];
        Arrays.fill(sees, visible);
        return sees;
    }
}
