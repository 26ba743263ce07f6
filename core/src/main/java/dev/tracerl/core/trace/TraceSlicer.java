package dev.tracerl.core.trace;

import dev.tracerl.core.decode.BlockPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts a step map into slices. */
public final class TraceSlicer {

    private TraceSlicer() {}

    /**
     * One slice for every (block, step) that exists, by block, then by step. Every response index is a target of exactly
     * one slice.
     *
     * @param stepMap the steps, already shrunk if wanted
     * @param partition blocks in coordinates of the response, see {@link BlockPartition#relativeTo}
     */
    public static List<TraceSlice> slice(StepMap stepMap, BlockPartition partition) {
        List<TraceSlice> slices = new ArrayList<>();
        int from = 0;
        while (from < stepMap.length()) {
            int to = Math.min(partition.endOfBlockAt(from), stepMap.length());
            addBlock(
                    slices,
                    stepMap.steps(),
                    partition.blockOf(from),
                    IntStream.range(from, to).toArray());
            from = to;
        }
        return List.copyOf(slices);
    }

    private static void addBlock(List<TraceSlice> slices, int[] steps, int block, int[] indices) {
        IntStream.of(indices)
                .map(i -> steps[i])
                .sorted()
                .distinct()
                .forEach(step -> slices.add(new TraceSlice(
                        block,
                        step,
                        IntStream.of(indices).filter(i -> steps[i] == step).toArray())));
    }
}
