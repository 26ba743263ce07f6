package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A packed example as groups of consecutive rows that see each other: blocks of clean text first, then noisy copies. A
 * group also sees a prefix of whole clean groups; a clean group sees exactly those before it.
 */
final class PackedRows {

    /** Rows {@code [from, to)}, which see the first {@code prefix} clean groups and each other. */
    record Group(int from, int to, int prefix) {
        int size() {
            return to - from;
        }
    }

    private final PackedExample example;
    private final List<Group> clean = new ArrayList<>();
    private final List<Group> noisy = new ArrayList<>();

    /** {@code (cleanLength + 1)} number of clean groups that end at or before a row; -1 inside of a group. */
    private final int[] groupsBefore;

    PackedRows(PackedExample example) {
        this.example = example;
        this.groupsBefore = new int[example.cleanLength() + 1];
        collectClean();
        collectNoisy();
    }

    PackedExample example() {
        return example;
    }

    List<Group> clean() {
        return clean;
    }

    /** All groups in order of their prefixes. */
    List<Group> byPrefix() {
        return Stream.concat(clean.stream(), noisy.stream())
                .sorted(Comparator.comparingInt(Group::prefix))
                .toList();
    }

    /** Rows of the widest group. */
    int width() {
        return Stream.concat(clean.stream(), noisy.stream())
                .mapToInt(Group::size)
                .max()
                .orElse(1);
    }

    private void collectClean() {
        int from = 0;
        while (from < example.cleanLength()) {
            int to = example.clean()[from];
            require(to > from && to <= example.cleanLength(), from, "sees clean rows up to " + to);
            for (int row = from; row < to; row++) {
                require(example.clean()[row] == to && example.copy()[row] < 0, row, "is not in one group with " + from);
                groupsBefore[row] = row == from ? clean.size() : -1;
            }
            clean.add(new Group(from, to, clean.size()));
            from = to;
        }
        groupsBefore[example.cleanLength()] = clean.size();
    }

    private void collectNoisy() {
        int from = example.cleanLength();
        while (from < example.rows()) {
            int visible = example.clean()[from];
            require(visible <= example.cleanLength() && groupsBefore[visible] >= 0, from, "sees a part of a block");
            int to = from;
            while (to < example.rows() && example.copy()[to] == example.copy()[from]) {
                require(example.clean()[to] == visible, to, "sees other clean rows than the rest of its copy");
                to++;
            }
            noisy.add(new Group(from, to, groupsBefore[visible]));
            from = to;
        }
    }

    private static void require(boolean condition, int row, String problem) {
        if (!condition) {
            throw new IllegalArgumentException("packed example: row " + row + " " + problem);
        }
    }
}
