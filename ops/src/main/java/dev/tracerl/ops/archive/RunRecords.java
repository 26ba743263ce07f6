package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TaskSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which records of the shared topics belong to a run: its own, and the tasks of its sets.
 *
 * @param runId the run
 * @param sets its task sets
 */
record RunRecords(String runId, Set<String> sets) {

    static RunRecords of(RunSpec run) {
        return new RunRecords(
                run.getRunId(),
                Stream.concat(
                                run.getTasks().stream().map(TaskSet::getSet),
                                run.getEvaluation().stream().map(EvaluationPlan::getSet))
                        .collect(Collectors.toSet()));
    }

    Predicate<ArchivedRecord> filter(Partition partition) {
        if (!partition.shared()) {
            return found -> true;
        }
        return partition.topic().equals(Topics.TASKS.name())
                ? found -> sets.contains(set(key(found)))
                : found -> key(found).equals(runId);
    }

    static String key(ArchivedRecord found) {
        byte[] key = found.key();
        return key == null ? "" : new String(key, UTF_8);
    }

    private static String set(String taskId) {
        int slash = taskId.lastIndexOf('/');
        return slash < 0 ? taskId : taskId.substring(0, slash);
    }
}
