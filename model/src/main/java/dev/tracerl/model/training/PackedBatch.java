package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import dev.tracerl.model.training.PackedRows.Group;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A micro-batch of packed examples as rectangular arrays: {@code (B, G, W)} rows in groups, padded to the longest
 * example. The layout is the one {@code training.ts} describes.
 */
final class PackedBatch {
    private final List<PackedRows> examples;
    private final int width;
    private final int cleanGroups;
    private final int groups;
    private final int targetsEach;
    private final int targets;

    private final int[] tokens; // (B, G, W)
    private final int[] positions; // (B, G, W)
    private final int[] prefix; // (B, G) rows
    private final int[] valid; // (B, G, W) 0 for the padding of a short group
    private boolean ragged;
    private final int[] targetRows; // (B, T)
    private final int[] real; // (M)
    private final int[] labels; // (M)
    private final float[] values; // (3, M)

    PackedBatch(List<PackedExample> packed) {
        this.examples = packed.stream().map(PackedRows::new).toList();
        this.width = max(rows -> widest(rows.clean(), rows.noisy()));
        this.cleanGroups = max(rows -> rows.clean().size());
        this.groups = cleanGroups + max(rows -> rows.noisy().size());
        this.targetsEach = Math.max(1, max(rows -> rows.example().targets().length));
        this.targets = packed.stream().mapToInt(e -> e.targets().length).sum();
        int count = examples.size() * groups;
        this.tokens = new int[count * width];
        this.positions = new int[count * width];
        this.prefix = new int[count];
        this.valid = new int[count * width];
        this.targetRows = new int[examples.size() * targetsEach];
        this.real = new int[targets];
        this.labels = new int[targets];
        this.values = new float[3 * targets];
        Arrays.fill(valid, 1);
        int target = 0;
        for (int i = 0; i < examples.size(); i++) {
            int[] slots = fillRows(i);
            target = fillTargets(i, slots, target);
        }
    }

    int targets() {
        return targets;
    }

    /** Index of the example that each target belongs to. */
    int exampleOf(int target) {
        return real[target] / targetsEach;
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

    /** The {@code batch} argument of the program. */
    List<Tensor> tensors(TensorScope scope) {
        int count = examples.size();
        Tensor validRows = ragged ? scope.ints(valid, count, groups, width) : scope.ints(new int[0], 0);
        return List.of(
                scope.ints(tokens, count, groups, width),
                scope.ints(positions, count, groups, width),
                scope.ints(prefix, count, groups),
                validRows,
                scope.hostInts(count, groups, width, cleanGroups, targetsEach),
                scope.ints(targetRows, count, targetsEach),
                scope.ints(real, targets),
                scope.ints(labels, targets));
    }

    /** The {@code values} argument of the program. */
    Tensor values(TensorScope scope) {
        return scope.floats(values, 3, targets);
    }

    /** Returns where each row of the example went: an index into {@code (G, W)}. */
    private int[] fillRows(int index) {
        PackedRows rows = examples.get(index);
        int[] slots = new int[rows.example().rows()];
        for (int g = 0; g < rows.clean().size(); g++) {
            fillGroup(index, g, rows.clean().get(g), slots);
        }
        for (int g = 0; g < rows.noisy().size(); g++) {
            fillGroup(index, cleanGroups + g, rows.noisy().get(g), slots);
        }
        return slots;
    }

    private void fillGroup(int index, int number, Group group, int[] slots) {
        PackedExample example = examples.get(index).example();
        int start = (index * groups + number) * width;
        prefix[index * groups + number] = group.prefix() * width;
        System.arraycopy(example.tokens(), group.from(), tokens, start, group.size());
        System.arraycopy(example.positions(), group.from(), positions, start, group.size());
        for (int i = 0; i < group.size(); i++) {
            slots[group.from() + i] = number * width + i;
        }
        ragged |= group.size() < width;
        Arrays.fill(valid, start + group.size(), start + width, 0);
    }

    private int fillTargets(int index, int[] slots, int first) {
        PackedExample example = examples.get(index).example();
        int count = example.targets().length;
        for (int t = 0; t < count; t++) {
            targetRows[index * targetsEach + t] = slots[example.targets()[t]];
            real[first + t] = index * targetsEach + t;
        }
        System.arraycopy(example.labels(), 0, labels, first, count);
        System.arraycopy(example.advantages(), 0, values, first, count);
        System.arraycopy(example.oldLogProbs(), 0, values, targets + first, count);
        System.arraycopy(example.weights(), 0, values, 2 * targets + first, count);
        return first + count;
    }

    private int max(ToIntFunction<PackedRows> size) {
        return examples.stream().mapToInt(size).max().orElse(0);
    }

    private static int widest(List<Group> clean, List<Group> noisy) {
        int widest = 1;
        for (Group group : clean) {
            widest = Math.max(widest, group.size());
        }
        for (Group group : noisy) {
            widest = Math.max(widest, group.size());
        }
        return widest;
    }
}
