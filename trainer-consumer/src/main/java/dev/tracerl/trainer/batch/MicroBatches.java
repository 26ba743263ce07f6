package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.SharedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a minibatch into what goes through the network at once. Examples stay in their order, so that the responses of
 * a group are together and their prompt is evaluated once. The division depends on nothing but the examples.
 */
public final class MicroBatches {

    private MicroBatches() {}

    /**
     * Splits examples so that the rows of a part stay within a limit. An example that is longer than the limit is a part of
     * its own.
     *
     * @param maxTokens limit on rows, those that examples have in common counted once
     */
    public static List<List<Example>> of(List<Example> examples, int maxTokens) {
        List<List<Example>> parts = new ArrayList<>();
        SharedText text = new SharedText();
        int from = 0;
        int rows = 0;
        for (int i = 0; i < examples.size(); i++) {
            rows += text.addedRows(i, examples.get(i).packed());
            if (rows > maxTokens && i > from) {
                parts.add(examples.subList(from, i));
                text = new SharedText();
                rows = text.addedRows(i, examples.get(i).packed());
                from = i;
            }
        }
        if (from < examples.size()) {
            parts.add(examples.subList(from, examples.size()));
        }
        return parts;
    }

    /** Rows that go through the network at once, padding aside. */
    public static int rows(List<Example> part) {
        SharedText text = new SharedText();
        return IntStream.range(0, part.size())
                .map(i -> text.addedRows(i, part.get(i).packed()))
                .sum();
    }

    /**
     * Cuts examples that are longer than the limit and have no clean text, as with full attention, between their noisy
     * copies. Their pieces keep their id and their order.
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
