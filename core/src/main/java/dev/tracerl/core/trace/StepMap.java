package dev.tracerl.core.trace;

import dev.tracerl.core.decode.BlockPartition;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * For every response token the denoising step that revealed it. The array is shared and must not be written.
 *
 * @param steps {@code (R)} aligned with the response tokens; equal values were revealed together
 */
public record StepMap(int[] steps) {

    /** Number of response tokens. */
    public int length() {
        return steps.length;
    }

    /**
     * Merges every {@code s} consecutive distinct steps of each block into one, which takes the number of the last.
     *
     * @param s steps per merged step, at least 1; 1 changes nothing
     * @param partition blocks in coordinates of the response, see {@link BlockPartition#relativeTo}
     */
    public StepMap shrink(int s, BlockPartition partition) {
        int[] result = steps.clone();
        int from = 0;
        while (from < steps.length) {
            int to = Math.min(partition.endOfBlockAt(from), steps.length);
            shrinkRange(result, from, to, s);
            from = to;
        }
        return new StepMap(result);
    }

    /** Merges every {@code s} consecutive distinct steps of the whole response, as models with full attention do. */
    public StepMap shrink(int s) {
        int[] result = steps.clone();
        shrinkRange(result, 0, steps.length, s);
        return new StepMap(result);
    }

    /** With sorted distinct steps u_0 < u_1 < ... < u_(n-1): u_i becomes u_min((floor(i/s) + 1) s - 1, n - 1). */
    private static void shrinkRange(int[] values, int from, int to, int s) {
        if (s < 1) {
            throw new IllegalArgumentException("shrink is " + s + ", must be at least 1");
        }
        int[] distinct = IntStream.range(from, to)
                .map(i -> values[i])
                .sorted()
                .distinct()
                .toArray();
        for (int i = from; i < to; i++) {
            int rank = Arrays.binarySearch(distinct, values[i]);
            int last = Math.min((rank / s + 1) * s, distinct.length);
            values[i] = distinct[last - 1];
        }
    }
}
