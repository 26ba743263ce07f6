package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.training.PackedRows.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows that are queries in the last layer: the targets, by group, in tiles of their own. */
final class TargetLayout {
    private final RowLayout layout;
    private final List<Tile> tiles;

    /** Targets of each example by the first row of their group. */
    private final List<Map<Integer, List<Integer>>> byGroup = new ArrayList<>();

    private final int[] queries; // (N')
    private final int[] targets; // (M)

    TargetLayout(RowLayout layout, List<PackedRows> examples) {
        this.layout = layout;
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Map<Integer, List<Integer>> targetsOf = targetsByGroup(examples.get(i));
            byGroup.add(targetsOf);
            List<Group> groups = examples.get(i).byPrefix().stream()
                    .filter(group -> targetsOf.containsKey(group.from()))
                    .toList();
            runs.addAll(Run.of(
                    i,
                    examples.get(i).width(),
                    groups,
                    group -> targets(targetsOf, group).size()));
        }
        this.tiles = Tile.of(runs);
        this.queries = new int
                [tiles.stream()
                        .mapToInt(tile -> tile.runs().size() * tile.groups() * tile.queries())
                        .sum()];
        this.targets = new int
                [examples.stream()
                        .mapToInt(rows -> rows.example().targets().length)
                        .sum()];
        fill(examples);
    }

    private static Map<Integer, List<Integer>> targetsByGroup(PackedRows rows) {
        int[] starts = new int[rows.example().rows()];
        for (Group group : rows.byPrefix()) {
            for (int row = group.from(); row < group.to(); row++) {
                starts[row] = group.from();
            }
        }
        Map<Integer, List<Integer>> targets = new TreeMap<>();
        for (int t = 0; t < rows.example().targets().length; t++) {
            targets.computeIfAbsent(starts[rows.example().targets()[t]], key -> new ArrayList<>())
                    .add(t);
        }
        return targets;
    }

    private static List<Integer> targets(Map<Integer, List<Integer>> byGroup, Group group) {
        return byGroup.getOrDefault(group.from(), List.of());
    }

    private void fill(List<PackedRows> examples) {
        int[] firstTargets = new int[examples.size()];
        for (int i = 1; i < firstTargets.length; i++) {
            firstTargets[i] =
                    firstTargets[i - 1] + examples.get(i - 1).example().targets().length;
        }
        int start = 0;
        for (Tile tile : tiles) {
            for (Run run : tile.runs()) {
                PackedExample example = examples.get(run.example()).example();
                for (int g = 0; g < run.groups().size(); g++) {
                    int at = start + g * tile.queries();
                    for (int t :
                            targets(byGroup.get(run.example()), run.groups().get(g))) {
                        queries[at] = layout.slot(run.example(), example.targets()[t]);
                        targets[firstTargets[run.example()] + t] = at++;
                    }
                }
                start += tile.groups() * tile.queries();
            }
        }
    }

    List<Tile> tiles() {
        return tiles;
    }

    /** {@code (N')} rows; those without a target are row 0. */
    int[] queries() {
        return queries;
    }

    /** {@code (M)} indices of the targets in {@link #queries}, in order of the examples. */
    int[] targets() {
        return targets;
    }
}
