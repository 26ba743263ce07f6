package dev.tracerl.trainer.batch;

import java.util.ArrayList;
import java.util.List;

/** Divides the groups of a step among its optimizer updates. */
public final class Minibatches {

    private Minibatches() {}

    /**
     * Splits the groups, in their order, into parts whose sizes differ by at most one group; earlier parts are larger.
     *
     * @param groups one list of examples per group
     * @param parts at least 1, at most the number of groups
     * @return one list of examples per part
     */
    public static List<List<Example>> split(List<List<Example>> groups, int parts) {
        if (parts < 1 || parts > groups.size()) {
            throw new IllegalArgumentException("parts is " + parts + ", must be in [1, " + groups.size() + "]");
        }
        List<List<Example>> minibatches = new ArrayList<>(parts);
        int from = 0;
        for (int part = 0; part < parts; part++) {
            int size = groups.size() / parts + (part < groups.size() % parts ? 1 : 0);
            minibatches.add(groups.subList(from, from + size).stream()
                    .flatMap(List::stream)
                    .toList());
            from += size;
        }
        return minibatches;
    }
}
