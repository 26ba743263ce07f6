package dev.tracerl.trainer.state;

import java.util.List;

/**
 * How far the training groups have been used.
 *
 * @param lowWater every record of the topic below this offset has been used or closed
 * @param usedAbove ids of the groups at or above it that have been used or closed, in order of their offsets
 */
public record GroupPosition(long lowWater, List<String> usedAbove) {

    /** Nothing has been used. */
    public static final GroupPosition START = new GroupPosition(0, List.of());

    public GroupPosition {
        usedAbove = List.copyOf(usedAbove);
    }
}
