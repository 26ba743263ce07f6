package dev.tracerl.ops.run;

import org.apache.avro.generic.IndexedRecord;

/**
 * What a supervised run imitates: the reference answers of tasks 0 to count - 1 of a set.
 *
 * @param set name of the task set
 * @param count number of tasks
 */
public record DemonstrationSource(String set, int count) {

    static DemonstrationSource of(IndexedRecord record) {
        return new DemonstrationSource((String) record.get(0), (Integer) record.get(1));
    }
}
