package dev.tracerl.ops.run;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /**
     * What a run on the log imitates.
     *
     * @throws RunConflictException if that is not the beginning of one task set
     */
    public static DemonstrationSource of(Connection connection, String runId) {
        Set<String> tasks = TopicReader.keys(connection, RunTopics.of(runId).demonstrations());
        Set<String> sets = tasks.stream()
                .map(task -> task.substring(0, Math.max(0, task.lastIndexOf('/'))))
                .collect(Collectors.toSet());
        String set = sets.size() == 1 ? sets.iterator().next() : "";
        boolean dense = IntStream.range(0, tasks.size()).allMatch(index -> tasks.contains(Ids.task(set, index)));
        if (set.isEmpty() || !dense) {
            throw new RunConflictException(
                    "the demonstrations of run %s are not the beginning of one task set: name them, as in --set 'demonstrations={set: NAME, count: N}'"
                            .formatted(runId));
        }
        return new DemonstrationSource(set, tasks.size());
    }
}
