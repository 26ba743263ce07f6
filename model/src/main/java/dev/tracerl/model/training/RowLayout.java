package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.SharedText;
import dev.tracerl.core.pack.SharedText.Origin;
import dev.tracerl.model.training.PackedRows.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the rows of examples stand: tile by tile, run by run, group by group, each group padded to the width of its tile
 * and each run to the groups of its tile. Padding is rows that nothing sees. Clean text that examples of the same width
 * have in common stands once.
 */
final class RowLayout {
    private final List<PackedRows> examples;
    private final List<Origin> origins = new ArrayList<>();
    private final List<Tile> tiles;
    private final int unit;
    private final int[] tokens; // (N)
    private final int[] positions; // (N)
    private final int[] valid; // (N) 0 for the padding of a short group
    private final int[][] slots; // [example][row]
    private boolean ragged;

    RowLayout(List<PackedRows> examples) {
        this.examples = examples;
        findOrigins();
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            int width = examples.get(i).width();
            runs.addAll(Run.of(i, width, ownGroups(i), group -> width));
        }
        this.tiles = Tile.of(runs);
        this.unit = tiles.stream().mapToInt(Tile::width).reduce(0, RowLayout::divisor);
        int rows = tiles.stream()
                .mapToInt(tile -> tile.runs().size() * tile.groups() * tile.width())
                .sum();
        this.tokens = new int[rows];
        this.positions = new int[rows];
        this.valid = new int[rows];
        this.slots = examples.stream()
                .map(rowsOf -> new int[rowsOf.example().rows()])
                .toArray(int[][]::new);
        Arrays.fill(valid, 1);
        fill();
        fillShared();
    }

    /** Groups are padded to their example's width: only those of equal ones can take each other's place. */
    private void findOrigins() {
        Map<Integer, SharedText> byWidth = new HashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            SharedText text = byWidth.computeIfAbsent(examples.get(i).width(), width -> new SharedText());
            origins.add(text.add(i, examples.get(i).example()));
        }
    }

    /** Groups of an example that no earlier one holds, in order of their prefixes. */
    private List<Group> ownGroups(int example) {
        int[] origin = origins.get(example).example();
        return examples.get(example).byPrefix().stream()
                .filter(group -> group.from() >= origin.length || origin[group.from()] == example)
                .toList();
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    private void fill() {
        int start = 0;
        for (Tile tile : tiles) {
            for (Run run : tile.runs()) {
                for (int g = 0; g < run.groups().size(); g++) {
                    fill(run, run.groups().get(g), start + g * tile.width());
                }
                start += tile.groups() * tile.width();
            }
        }
    }

    private void fill(Run run, Group group, int start) {
        PackedExample example = examples.get(run.example()).example();
        System.arraycopy(example.tokens(), group.from(), tokens, start, group.size());
        System.arraycopy(example.positions(), group.from(), positions, start, group.size());
        for (int i = 0; i < group.size(); i++) {
            slots[run.example()][group.from() + i] = start + i;
        }
        ragged |= group.size() < run.width();
        Arrays.fill(valid, start + group.size(), start + run.width(), 0);
    }

    private void fillShared() {
        for (int i = 0; i < slots.length; i++) {
            Origin origin = origins.get(i);
            for (int row = 0; row < origin.row().length; row++) {
                slots[i][row] = slots[origin.example()[row]][origin.row()[row]];
            }
        }
    }

    List<Tile> tiles() {
        return tiles;
    }

    /** The largest number of rows of which all groups are multiples. */
    int unit() {
        return unit;
    }

    int[] tokens() {
        return tokens;
    }

    int[] positions() {
        return positions;
    }

    /** 1 for rows that exist; empty if all do. */
    int[] valid() {
        return ragged ? valid : new int[0];
    }

    /** Where a row of an example stands. */
    int slot(int example, int row) {
        return slots[example][row];
    }

    /** The groups of clean text of an example. */
    List<Group> clean(int example) {
        return examples.get(example).clean();
    }
}
