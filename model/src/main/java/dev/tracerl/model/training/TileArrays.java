package dev.tracerl.model.training;

import dev.tracerl.model.training.PackedRows.Group;
import java.util.List;

/** What the groups of tiles see, as arrays; the padding of a run sees nothing but row 0 and is not seen. */
final class TileArrays {
    private final RowLayout layout;
    private final List<Tile> tiles;
    private final int[] seen;
    private final int[] keys;
    private final int[] own;

    TileArrays(RowLayout layout, List<Tile> tiles) {
        this.layout = layout;
        this.tiles = tiles;
        int unit = layout.unit();
        int groups = 0;
        int prefixUnits = 0;
        int ownUnits = 0;
        for (Tile tile : tiles) {
            groups += tile.runs().size() * tile.groups();
            prefixUnits += tile.runs().size() * tile.prefix() / unit;
            ownUnits += tile.runs().size() * tile.groups() * tile.width() / unit;
        }
        this.seen = new int[groups];
        this.keys = new int[prefixUnits];
        this.own = new int[ownUnits];
        fill();
    }

    private void fill() {
        int group = 0;
        int key = 0;
        int row = 0;
        for (Tile tile : tiles) {
            for (Run run : tile.runs()) {
                fillKeys(run, key);
                for (int g = 0; g < run.groups().size(); g++) {
                    seen[group + g] = run.groups().get(g).prefix() * run.width();
                    fillUnits(
                            own,
                            row + g * tile.width() / layout.unit(),
                            run,
                            run.groups().get(g));
                }
                group += tile.groups();
                key += tile.prefix() / layout.unit();
                row += tile.groups() * tile.width() / layout.unit();
            }
        }
    }

    private void fillKeys(Run run, int from) {
        List<Group> clean = layout.clean(run.example());
        int units = run.width() / layout.unit();
        for (int g = 0; g * run.width() < run.prefix(); g++) {
            fillUnits(keys, from + g * units, run, clean.get(g));
        }
    }

    private void fillUnits(int[] target, int at, Run run, Group group) {
        int first = layout.slot(run.example(), group.from()) / layout.unit();
        for (int i = 0; i < run.width() / layout.unit(); i++) {
            target[at + i] = first + i;
        }
    }

    /** {@code (G)} prefix rows that each group sees. */
    int[] seen() {
        return seen;
    }

    /** {@code (sum of B * C / unit)} the clean rows of every run, as units. */
    int[] keys() {
        return keys;
    }

    /** {@code (G * W / unit)} the groups' own rows, as units. */
    int[] own() {
        return own;
    }

    /** Writes {@code B, Q, S, W, C} of each tile to {@code plan} and returns the next index. */
    int describe(int[] plan, int at) {
        int next = at;
        for (Tile tile : tiles) {
            plan[next++] = tile.runs().size();
            plan[next++] = tile.groups();
            plan[next++] = tile.queries();
            plan[next++] = tile.width();
            plan[next++] = tile.prefix();
        }
        return next;
    }
}
