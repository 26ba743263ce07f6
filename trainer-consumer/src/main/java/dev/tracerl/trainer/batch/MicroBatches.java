package dev.tracerl.trainer.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Divides a minibatch into what goes through the network at once: examples of similar length together, so that little
 * is padded. The division depends on nothing but the lengths and the order of the examples.
 */
public final class MicroBatches {

    private MicroBatches() {}

    /**
     * Splits examples, longest first, so that the longest example of a part times the size of the part stays within a
     * limit. An example that is longer than the limit is a part of its own.
     *
     * @param maxTokens limit on rows, padding included
     */
    public static List<List<Example>> of(List<Example> examples, int maxTokens) {
        List<Example> longestFirst = examples.stream()
                .sorted(Comparator.comparingInt(
                                (Example example) -> example.packed().rows())
                        .reversed())
                .toList();
        List<List<Example>> parts = new ArrayList<>();
        int from = 0;
        while (from < longestFirst.size()) {
            int longest = longestFirst.get(from).packed().rows();
            int size = Math.max(1, maxTokens / longest);
            int to = Math.min(longestFirst.size(), from + size);
            parts.add(longestFirst.subList(from, to));
            from = to;
        }
        return parts;
    }
}
