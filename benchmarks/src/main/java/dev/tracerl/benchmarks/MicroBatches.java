package dev.tracerl.benchmarks;

import dev.tracerl.core.pack.PackedExample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Divides the examples of a step into micro-batches with little padding. */
public final class MicroBatches {
    /** Rows of a micro-batch whose activations stay in a CPU's cache. */
    public static final int CPU_ROWS = 4096;

    private MicroBatches() {}

    /**
     * Sorts by length, then cuts wherever the padded rows would exceed the limit; a longer example is on its own. Equal
     * inputs give equal batches.
     *
     * @param maxRows examples of a micro-batch times rows of its longest
     * @return indices into {@code examples}, each once
     */
    public static List<List<Integer>> byLength(List<PackedExample> examples, int maxRows) {
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> current = new ArrayList<>();
        for (int index : longestFirst(examples)) {
            int longest =
                    examples.get(current.isEmpty() ? index : current.get(0)).rows();
            if (!current.isEmpty() && (long) longest * (current.size() + 1) > maxRows) {
                batches.add(List.copyOf(current));
                current.clear();
            }
            current.add(index);
        }
        if (!current.isEmpty()) {
            batches.add(List.copyOf(current));
        }
        return batches;
    }

    private static int[] longestFirst(List<PackedExample> examples) {
        return IntStream.range(0, examples.size())
                .boxed()
                .sorted(Comparator.comparing(index -> -examples.get(index).rows()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
