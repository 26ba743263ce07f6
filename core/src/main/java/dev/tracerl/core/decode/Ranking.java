package dev.tracerl.core.decode;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders of the masked positions of a block; equal keys keep the order from left to right. */
final class Ranking {

    private Ranking() {}

    static int[] leftToRight(BlockState state) {
        return maskedPositions(state).toArray();
    }

    static int[] byConfidence(BlockState state) {
        return sorted(state, Comparator.comparingDouble(position -> -state.confidence()[position]));
    }

    static int[] byEntropy(BlockState state) {
        return sorted(state, Comparator.comparingDouble(position -> state.entropy()[position]));
    }

    /** Marks the first {@code count} positions of {@code order}, or all of them if there are fewer. */
    static boolean[] first(int[] order, int count, BlockState state) {
        boolean[] selected = new boolean[state.masked().length];
        for (int i = 0; i < Math.min(count, order.length); i++) {
            selected[order[i]] = true;
        }
        return selected;
    }

    private static int[] sorted(BlockState state, Comparator<Integer> comparator) {
        return maskedPositions(state)
                .boxed()
                .sorted(comparator)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static IntStream maskedPositions(BlockState state) {
        return IntStream.range(0, state.masked().length).filter(i -> state.masked()[i]);
    }
}
