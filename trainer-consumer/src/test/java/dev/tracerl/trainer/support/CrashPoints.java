package dev.tracerl.trainer.support;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Places between two writes. Crashes at one of them, once. */
public final class CrashPoints {

    private final int crashAt;
    private final Predicate<String> counts;
    private final List<String> passed = new ArrayList<>();

    /**
     * Crash points.
     *
     * @param crashAt index of the place to crash at; negative for none
     * @param counts which places count
     */
    public CrashPoints(int crashAt, Predicate<String> counts) {
        this.crashAt = crashAt;
        this.counts = counts;
    }

    /** No crash. */
    public static CrashPoints none() {
        return new CrashPoints(-1, place -> true);
    }

    /** Passes a place, or crashes there. */
    public void pass(String place) {
        if (!counts.test(place)) {
            return;
        }
        passed.add(place);
        if (passed.size() - 1 == crashAt) {
            throw new InjectedCrash(place);
        }
    }

    /** Places so far. */
    public List<String> passed() {
        return passed;
    }
}
