package dev.tracerl.trainer.support;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.trainer.batch.Example;
import java.util.List;

/** Packed examples of which only the size matters. */
public final class Examples {

    private Examples() {}

    /** An example with rows and one target. */
    public static Example ofRows(String id, int rows) {
        int[] zeros = new int[rows];
        return new Example(
                id,
                new PackedExample(
                        zeros,
                        zeros,
                        zeros,
                        zeros,
                        0,
                        new int[] {0},
                        new int[] {1},
                        new float[] {1},
                        new float[] {-2},
                        new float[] {1}));
    }

    /** Ids in order. */
    public static List<String> ids(List<Example> examples) {
        return examples.stream().map(Example::id).toList();
    }
}
