package dev.tracerl.schemas.rules;

import java.util.ArrayList;
import java.util.List;

/** Collects wrong values. */
final class Findings {

    private final List<WrongValue> found = new ArrayList<>();

    List<WrongValue> all() {
        return List.copyOf(found);
    }

    void require(boolean holds, String key, String problem) {
        if (!holds) {
            found.add(new WrongValue(key, problem));
        }
    }

    void atLeast(long least, String key, long value) {
        require(value >= least, key, "must be at least %d, not %d".formatted(least, value));
    }

    void within(long least, long most, String key, long value) {
        require(value >= least && value <= most, key, "must be from %d to %d, not %d".formatted(least, most, value));
    }

    /** Any number that is finite and not negative. */
    void notNegative(String key, double value) {
        require(value >= 0 && Double.isFinite(value), key, "must be finite and at least 0, not " + value);
    }

    /** Any number that is finite and above 0. */
    void positive(String key, double value) {
        require(value > 0 && Double.isFinite(value), key, "must be finite and above 0, not " + value);
    }

    /** Both ends included. */
    void share(String key, double value) {
        require(value >= 0 && value <= 1, key, "must be in [0, 1], not " + value);
    }

    /** Without 0. */
    void positiveShare(String key, double value) {
        require(value > 0 && value <= 1, key, "must be in (0, 1], not " + value);
    }

    /** Without 1. */
    void properShare(String key, double value) {
        require(value >= 0 && value < 1, key, "must be in [0, 1), not " + value);
    }

    void ordered(String lowKey, double low, String highKey, double high) {
        require(low <= high, lowKey, "must be at most %s, which is %s, not %s".formatted(highKey, high, low));
    }

    void distinct(String key, List<String> names) {
        require(names.stream().distinct().count() == names.size(), key, "names a task set twice");
    }
}
