package dev.tracerl.model.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Runs of about the same shape, which become one rectangle: {@code B} runs, padded to the largest of them. */
final class Tile {
    private static final int ROWS = 16; // as cheap to compute as a tile more
    private static final long PAIRS = 1 << 19; // of queries and keys: probabilities that fit a cache
    private static final double GROUPS_SHARE = 0.9;
    private static final double PREFIX_SHARE = 0.75; // costs attention only

    private final List<Run> runs = new ArrayList<>();

    private Tile(Run first) {
        runs.add(first);
    }

    /** Gathers runs into tiles; equal runs give equal tiles. */
    static List<Tile> of(List<Run> runs) {
        List<Run> largestFirst = new ArrayList<>(runs);
        largestFirst.sort(Comparator.comparingInt(Run::width)
                .thenComparingInt(run -> run.groups().size())
                .thenComparingInt(Run::prefix)
                .reversed());
        List<Tile> tiles = new ArrayList<>();
        for (Run run : largestFirst) {
            tiles.stream()
                    .filter(tile -> tile.fits(run))
                    .findFirst()
                    .ifPresentOrElse(tile -> tile.runs.add(run), () -> tiles.add(new Tile(run)));
        }
        return tiles;
    }

    private boolean fits(Run run) {
        Run first = runs.get(0);
        int width = run.width();
        return width == first.width()
                && (runs.size() + 1L) * first.groups().size() * first.queries() * Math.max(1, first.prefix()) <= PAIRS
                && alike(run.groups().size() * width, first.groups().size() * width, GROUPS_SHARE)
                && alike(run.groups().size() * run.queries(), run.groups().size() * first.queries(), GROUPS_SHARE)
                && alike(run.prefix(), first.prefix(), PREFIX_SHARE);
    }

    private static boolean alike(int a, int b, double share) {
        return Math.abs(a - b) <= ROWS || Math.min(a, b) >= share * Math.max(a, b);
    }

    List<Run> runs() {
        return runs;
    }

    /** Groups of a run. */
    int groups() {
        return max(run -> run.groups().size());
    }

    /** Rows of a group that are queries. */
    int queries() {
        return max(Run::queries);
    }

    /** Rows of a group. */
    int width() {
        return runs.get(0).width();
    }

    /** Rows of clean text that a group sees at most. */
    int prefix() {
        return max(Run::prefix);
    }

    private int max(ToIntFunction<Run> size) {
        return runs.stream().mapToInt(size).max().orElse(0);
    }
}
