package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.trace.StepMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layout of the published code, one evaluation per round of all blocks: the oracle for {@link TracePacker} and the
 * bridge to the published numbers.
 */
public final class ReferenceRows {

    private ReferenceRows() {}

    /**
     * Rows as published: prompt padded on the left, response on the right, blocks aligned to the response, rounds without
     * targets left out.
     *
     * @param sequence {@code (L)} padded prompt and padded response
     * @param promptLength tokens of the padded prompt
     * @param stepMap steps of the response; padded with the largest step plus one, or cut, to the response's length
     */
    public static List<ReferenceRow> responseAligned(
            int[] sequence, int promptLength, int[] stepMap, ReferenceLayout layout) {
        BlockPartition partition = BlockPartition.responseAligned(layout.blockSize(), promptLength);
        int responseLength = sequence.length - promptLength;
        StepMap steps = new StepMap(padded(stepMap, responseLength));
        BlockPartition relative = partition.relativeTo(promptLength);
        int[] positions = withNoisy(paddedPositions(sequence, promptLength, layout.padToken()), promptLength);
        boolean[][] attention = ReferenceAttention.padded(sequence, promptLength, partition, layout.padToken());
        List<ReferenceRow> rows = new ArrayList<>();
        for (Rounds.Round round : Rounds.of(steps.shrink(layout.shrink(), relative), relative)) {
            boolean[] targets = new boolean[sequence.length];
            System.arraycopy(round.target(), 0, targets, promptLength, responseLength);
            dropPads(targets, sequence, layout);
            if (any(targets)) {
                int[] ids = withNoisy(sequence, promptLength);
                mask(ids, sequence.length, round.masked(), layout.maskToken());
                rows.add(new ReferenceRow(ids, targets, positions, sequence, attention, 0));
            }
        }
        return List.copyOf(rows);
    }

    /**
     * The same layout with blocks aligned to absolute position 0 and without padding: the noisy copy starts with the
     * prompt's remainder, and only kept tokens are targets. Rounds without targets are left out.
     */
    public static List<ReferenceRow> absolute(TracedResponse response, PackSettings settings) {
        BlockPartition partition = BlockPartition.absolute(settings.blockSize());
        int promptLength = response.prompt().length;
        int[] sequence = response.sequence();
        int noisyStart = partition.startOfBlockAt(promptLength);
        BlockPartition relative = partition.relativeTo(promptLength);
        StepMap steps = new StepMap(response.stepMap()).shrink(settings.shrink(), relative);
        int[] positions = new int[sequence.length];
        Arrays.setAll(positions, i -> i);
        boolean[][] attention = ReferenceAttention.extended(sequence.length, noisyStart, partition);
        List<ReferenceRow> rows = new ArrayList<>();
        for (Rounds.Round round : Rounds.of(steps, relative)) {
            boolean[] targets = new boolean[sequence.length];
            System.arraycopy(round.target(), 0, targets, promptLength, response.keptTokens());
            if (any(targets)) {
                int[] ids = withNoisy(sequence, noisyStart);
                mask(ids, sequence.length + promptLength - noisyStart, round.masked(), settings.maskToken());
                rows.add(new ReferenceRow(ids, targets, withNoisy(positions, noisyStart), sequence, attention, 0));
            }
        }
        return List.copyOf(rows);
    }

    private static int[] padded(int[] stepMap, int length) {
        int[] steps = Arrays.copyOf(stepMap, length);
        if (stepMap.length < length) {
            int filler = Arrays.stream(stepMap).max().orElse(0) + 1;
            Arrays.fill(steps, stepMap.length, length, filler);
        }
        return steps;
    }

    /** Positions count the tokens that are not padding; padding has position 1. */
    private static int[] paddedPositions(int[] sequence, int promptLength, int padToken) {
        int[] positions = new int[sequence.length];
        int next = 0;
        for (int i = 0; i < sequence.length; i++) {
            boolean valid = i >= promptLength || sequence[i] != padToken;
            positions[i] = valid ? next++ : 1;
        }
        return positions;
    }

    private static int[] withNoisy(int[] values, int noisyStart) {
        int[] extended = Arrays.copyOf(values, 2 * values.length - noisyStart);
        System.arraycopy(values, noisyStart, extended, values.length, values.length - noisyStart);
        return extended;
    }

    private static void mask(int[] ids, int firstResponseRow, boolean[] masked, int maskToken) {
        for (int i = 0; i < masked.length; i++) {
            if (masked[i]) {
                ids[firstResponseRow + i] = maskToken;
            }
        }
    }

    private static void dropPads(boolean[] targets, int[] sequence, ReferenceLayout layout) {
        int pads = 0;
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] && sequence[i] == layout.padToken()) {
                pads++;
                targets[i] = pads <= layout.trainedPads();
            }
        }
    }

    static boolean any(boolean[] values) {
        for (boolean value : values) {
            if (value) {
                return true;
            }
        }
        return false;
    }
}
