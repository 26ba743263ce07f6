package dev.tracerl.core.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Divides examples into what goes through a network at once. Examples stay in their order, so that the responses of a
 * group are together and their prompt is evaluated once. The division depends on nothing but the examples.
 */
public final class MicroBatches {

    private MicroBatches() {}

    /** As {@link #of(List, Function, int)}. */
    public static List<List<PackedExample>> of(List<PackedExample> examples, int maxRows) {
        return of(examples, Function.identity(), maxRows);
    }

    /**
     * Splits examples so that the rows of a part stay within a limit. An example that is longer than the limit is a part of
     * its own.
     *
     * @param packed the rows of an element
     * @param maxRows limit on rows, those that examples have in common counted once
     * @return parts of the list, in order
     */
    public static <E> List<List<E>> of(List<E> examples, Function<E, PackedExample> packed, int maxRows) {
        List<List<E>> parts = new ArrayList<>();
        SharedText text = new SharedText();
        int from = 0;
        int rows = 0;
        for (int i = 0; i < examples.size(); i++) {
            PackedExample example = packed.apply(examples.get(i));
            rows += text.addedRows(i, example);
            if (rows > maxRows && i > from) {
                parts.add(examples.subList(from, i));
                text = new SharedText();
                rows = text.addedRows(i, example);
                from = i;
            }
        }
        if (from < examples.size()) {
            parts.add(examples.subList(from, examples.size()));
        }
        return parts;
    }

    /** Rows of examples that go through a network at once, those that they have in common counted once. */
    public static int rows(List<PackedExample> part) {
        SharedText text = new SharedText();
        int rows = 0;
        for (int i = 0; i < part.size(); i++) {
            rows += text.addedRows(i, part.get(i));
        }
        return rows;
    }
}
