package dev.tracerl.model.training;

import dev.tracerl.model.training.PackedRows.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Groups of one example that attend together, to at most the longest prefix among them.
 *
 * @param example index of the example
 * @param width rows of the widest group of the example; the others are padded to it
 * @param queries most rows of a group that are queries
 * @param groups in order of their prefixes
 */
record Run(int example, int width, int queries, List<Group> groups) {
    /** Queries of a run: enough to keep matrix products busy, few enough that their prefixes are about equally long. */
    private static final double ROWS = 256;

    /** Divides groups, which are in order of their prefixes, into runs of about the same size. */
    static List<Run> of(int example, int width, List<Group> groups, ToIntFunction<Group> queries) {
        int most = groups.stream().mapToInt(queries).max().orElse(0);
        int size = groups.size();
        int count = (int) Math.max(1, Math.min(size, Math.round(size * most / ROWS)));
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Group> part = groups.subList(i * size / count, (i + 1) * size / count);
            if (!part.isEmpty()) {
                runs.add(new Run(
                        example, width, part.stream().mapToInt(queries).max().orElse(0), part));
            }
        }
        return runs;
    }

    /** Rows of clean text that its last group sees. */
    int prefix() {
        return groups.get(groups.size() - 1).prefix() * width;
    }
}
