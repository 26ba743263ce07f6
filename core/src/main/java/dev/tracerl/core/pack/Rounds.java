package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.trace.StepMap;
import dev.tracerl.core.trace.TraceSlice;
import dev.tracerl.core.trace.TraceSlicer;
import java.util.ArrayList;
import java.util.List;

/** Rounds of the published code: round {@code k} trains the {@code k}-th slice of every block that has one. */
final class Rounds {

    private Rounds() {}

    /**
     * One round's view of the response.
     *
     * @param masked {@code (R)} shown as mask
     * @param target {@code (R)} trained
     */
    record Round(boolean[] masked, boolean[] target) {}

    static List<Round> of(StepMap steps, BlockPartition partition) {
        List<Round> rounds = new ArrayList<>();
        int block = Integer.MIN_VALUE;
        int number = 0;
        for (TraceSlice slice : TraceSlicer.slice(steps, partition)) {
            number = slice.block() == block ? number + 1 : 0;
            block = slice.block();
            if (number == rounds.size()) {
                rounds.add(new Round(new boolean[steps.length()], new boolean[steps.length()]));
            }
            mark(rounds.subList(0, number + 1), slice);
        }
        return rounds;
    }

    /** A slice is a target in the last of the rounds, and masked up to then. */
    private static void mark(List<Round> upToSlice, TraceSlice slice) {
        for (int index : slice.targets()) {
            upToSlice.forEach(round -> round.masked()[index] = true);
            upToSlice.get(upToSlice.size() - 1).target()[index] = true;
        }
    }
}
