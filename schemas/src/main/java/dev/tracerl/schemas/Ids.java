package dev.tracerl.schemas;

import dev.tracerl.schemas.avro.Purpose;

/** Ids on the wire. Groups of one purpose are numbered densely by admission, from 0; "id order" is that order. */
public final class Ids {

    private static final int DIGITS = 6;

    private Ids() {}

    /** Id of a group, as in {@code sudoku-t-000017} for training and {@code sudoku-e-000017} for evaluation. */
    public static String group(String runId, Purpose purpose, long sequence) {
        String letter = purpose == Purpose.TRAINING ? "t" : "e";
        String digits = Long.toString(sequence);
        return runId + "-" + letter + "-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /** Id of a trajectory: group and sample, as in {@code sudoku-t-000017/3}. */
    public static String trajectory(String groupId, int sample) {
        return groupId + "/" + sample;
    }

    /** Id of an evaluation: task set and version, as in {@code sudoku-test@40}. */
    public static String evaluation(String set, long version) {
        return set + "@" + version;
    }

    /** Id of a task: set and index, as in {@code sudoku-train/17}. */
    public static String task(String set, int index) {
        return set + "/" + index;
    }

    /** Key of a chunk: version, or step of a trainer state, and index. */
    public static String chunk(long version, int index) {
        return version + "-" + index;
    }

    /**
     * Number of a group.
     *
     * @throws NumberFormatException if it is not the id of a group
     */
    public static long sequence(String groupId) {
        return Long.parseLong(groupId.substring(groupId.lastIndexOf('-') + 1));
    }

    /** Partition of a group's requests and trajectories. */
    public static int partition(long sequence) {
        return (int) (sequence % RunTopics.GROUP_PARTITIONS);
    }
}
