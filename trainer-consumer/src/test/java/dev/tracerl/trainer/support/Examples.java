package dev.tracerl.trainer.support;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.trainer.batch.Example;
import java.util.Arrays;
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
                        new float[] {1},
                        new float[0]));
    }

    /** An example with copies of some rows each, with a target each, as with full attention; weights count the targets. */
    public static Example ofCopies(String id, int copies, int rows) {
        int[] zeros = new int[copies * rows];
        int[] targets = new int[copies];
        Arrays.setAll(targets, copy -> copy * rows + 1);
        int[] copy = new int[zeros.length];
        Arrays.setAll(copy, row -> row / rows);
        float[] weights = new float[copies];
        for (int t = 0; t < copies; t++) {
            weights[t] = t;
        }
        int[] labels = new int[copies];
        Arrays.fill(labels, 1);
        return new Example(
                id,
                new PackedExample(
                        zeros,
                        zeros,
                        zeros,
                        copy,
                        0,
                        targets,
                        labels,
                        new float[copies],
                        new float[copies],
                        weights,
                        new float[0]));
    }

    /** Two clean rows of a token, then a noisy copy of two rows with one target. */
    public static Example after(int token, String id) {
        return new Example(
                id,
                new PackedExample(
                        new int[] {token, token, 0, 0},
                        new int[] {0, 1, 2, 3},
                        new int[] {2, 2, 2, 2},
                        new int[] {-1, -1, 0, 0},
                        2,
                        new int[] {2},
                        new int[] {1},
                        new float[] {1},
                        new float[] {-2},
                        new float[] {1},
                        new float[0]));
    }

    /** Ids in order. */
    public static List<String> ids(List<Example> examples) {
        return examples.stream().map(Example::id).toList();
    }
}
