package dev.tracerl.core.trace;

/**
 * Tokens of one block that were revealed together. The array is shared and must not be written.
 *
 * @param block number of the block in the partition that sliced the trace
 * @param step the (merged) step
 * @param targets response indices revealed in this step, ascending, at least one
 */
public record TraceSlice(int block, int step, int[] targets) {

    public TraceSlice {
        if (targets.length == 0) {
            throw new IllegalArgumentException("slice of block " + block + " at step " + step + " has no targets");
        }
    }
}
