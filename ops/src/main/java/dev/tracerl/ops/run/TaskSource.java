package dev.tracerl.ops.run;

import org.apache.avro.generic.IndexedRecord;

/**
 * Where a task set comes from; the fields are documented in {@code data.avsc}.
 *
 * @param count number of tasks; 0 takes all of a public set
 */
public record TaskSource(String set, Kind kind, Origin origin, int count, long seed, int minBlanks, int maxBlanks) {

    /** Kind of the tasks. */
    public enum Kind {
        SUDOKU,
        COUNTDOWN
    }

    /** Drawn from a seed, or the public test set. */
    public enum Origin {
        GENERATED,
        PUBLIC
    }

    static TaskSource of(IndexedRecord record) {
        return new TaskSource(
                (String) record.get(0),
                Kind.valueOf(record.get(1).toString()),
                Origin.valueOf(record.get(2).toString()),
                (Integer) record.get(3),
                (Long) record.get(4),
                (Integer) record.get(5),
                (Integer) record.get(6));
    }
}
