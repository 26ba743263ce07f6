package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A micro-batch of packed examples as the arrays that {@code packed.ts} describes. */
final class PackedBatch {
    private final List<PackedExample> examples;
    private final RowLayout rows;
    private final TargetLayout queries;
    private final int[] labels; // (M)
    private final float[] values; // (3, M), or (4, M) with references

    PackedBatch(List<PackedExample> examples) {
        this.examples = examples;
        List<PackedRows> packed = examples.stream().map(PackedRows::new).toList();
        this.rows = new RowLayout(packed);
        this.queries = new TargetLayout(rows, packed);
        int targets = queries.targets().length;
        this.labels = new int[targets];
        this.values = new float[rowsOfValues(examples) * targets];
        int first = 0;
        for (PackedExample example : examples) {
            int count = example.targets().length;
            System.arraycopy(example.labels(), 0, labels, first, count);
            System.arraycopy(example.advantages(), 0, values, first, count);
            System.arraycopy(example.oldLogProbs(), 0, values, targets + first, count);
            System.arraycopy(example.weights(), 0, values, 2 * targets + first, count);
            if (example.hasReference()) {
                System.arraycopy(example.referenceLogProbs(), 0, values, 3 * targets + first, count);
            }
            first += count;
        }
    }

    int targets() {
        return labels.length;
    }

    /** Rows that go through the network, padding included. */
    int rows() {
        return rows.tokens().length;
    }

    /** Index of the example that a target belongs to. */
    private int exampleOf(int target) {
        int example = 0;
        int end = examples.get(0).targets().length;
        while (target >= end) {
            example++;
            end += examples.get(example).targets().length;
        }
        return example;
    }

    /** Indices of the examples of which a target has a flag that is not 0, ascending. */
    List<Integer> examplesOf(int[] flags) {
        return IntStream.range(0, flags.length)
                .filter(target -> flags[target] != 0)
                .map(this::exampleOf)
                .distinct()
                .boxed()
                .toList();
    }

    /** Numbers of the targets {@code (M)}, an array for each example. */
    float[][] byExample(float[] all) {
        float[][] result = new float[examples.size()][];
        int next = 0;
        for (int i = 0; i < result.length; i++) {
            int count = examples.get(i).targets().length;
            result[i] = Arrays.copyOfRange(all, next, next + count);
            next += count;
        }
        return result;
    }

    /** The {@code batch} argument of the program. */
    List<Tensor> tensors(TensorScope scope) {
        TileArrays body = new TileArrays(rows, rows.tiles());
        TileArrays last = new TileArrays(rows, queries.tiles());
        return List.of(
                vector(scope, rows.tokens()),
                vector(scope, rows.positions()),
                vector(scope, body.seen()),
                vector(scope, rows.valid()),
                scope.hostInts(plan(body, last)),
                vector(scope, queries.queries()),
                vector(scope, queries.targets()),
                vector(scope, labels),
                vector(scope, body.keys()),
                vector(scope, last.keys()),
                vector(scope, last.seen()),
                vector(scope, last.own()));
    }

    private int[] plan(TileArrays body, TileArrays last) {
        int[] plan = new int[2 + 5 * (rows.tiles().size() + queries.tiles().size())];
        plan[0] = rows.unit();
        plan[1] = rows.tiles().size();
        last.describe(plan, body.describe(plan, 2));
        return plan;
    }

    private static Tensor vector(TensorScope scope, int[] values) {
        return scope.ints(values, values.length);
    }

    /** The {@code values} argument of the program. */
    Tensor values(TensorScope scope) {
        return scope.floats(values, targets() == 0 ? 3 : values.length / targets(), targets());
    }

    /** Either all examples have a reference for the KL term or none has. */
    private static int rowsOfValues(List<PackedExample> examples) {
        long with = examples.stream().filter(PackedExample::hasReference).count();
        long targeted = examples.stream().filter(e -> e.targets().length > 0).count();
        if (with != 0 && with != targeted) {
            throw new IllegalArgumentException("packed examples: " + with + " of " + targeted
                    + " have reference log-probabilities; all must have them or none");
        }
        return with == 0 ? 3 : 4;
    }
}
