package dev.tracerl.ops.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Versions for people: consecutive ones as a range. */
final class VersionList {

    private VersionList() {}

    /** As in {@code 0, 10, 40-48}; {@code none}. */
    static String of(SortedSet<Long> versions) {
        List<String> ranges = new ArrayList<>();
        long first = -1;
        long last = -1;
        for (long version : versions) {
            if (first >= 0 && version != last + 1) {
                ranges.add(range(first, last));
                first = -1;
            }
            first = first < 0 ? version : first;
            last = version;
        }
        if (first >= 0) {
            ranges.add(range(first, last));
        }
        return ranges.isEmpty() ? "none" : String.join(", ", ranges);
    }

    private static String range(long first, long last) {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
