package dev.tracerl.trainer.batch;

import java.util.ArrayList;
import java.util.Arrays;
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

    /**
     * Cuts examples that are longer than the limit and have no clean text, as with full attention, between their noisy
     * copies. Their pieces keep their id and their order, also in {@link #of}: the first ones are the longest.
     */
    public static List<Example> pieces(List<Example> examples, int maxTokens) {
        return examples.stream()
                .flatMap(example ->
                        example.packed().split(maxTokens).stream().map(piece -> new Example(example.id(), piece)))
                .toList();
    }

    /** What was computed for two pieces that follow each other. */
    public static float[] joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
