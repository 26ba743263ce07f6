package dev.tracerl.trainer.replay;

import java.util.List;

/**
 * The first step that came out differently.
 *
 * @param step its number
 * @param version the first version whose bytes show it
 * @param what one sentence per difference
 */
public record Difference(long step, long version, List<String> what) {

    public Difference {
        what = List.copyOf(what);
    }
}
