package dev.tracerl.reward.service;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tasks of a run, as far as they are loaded. */
final class RunTasks {

    private RunTasks() {}

    static Stream<Task> of(Connection connection, AvroSerdes serdes, RunSpec run) {
        Set<String> sets = Stream.concat(
                        run.getTasks().stream().map(TaskSet::getSet),
                        run.getEvaluation().stream().map(EvaluationPlan::getSet))
                .collect(Collectors.toSet());
        Map<String, Task> tasks = new HashMap<>();
        TopicReader.each(
                connection,
                serdes,
                Topics.TASKS,
                key -> sets.contains(key.substring(0, Math.max(0, key.lastIndexOf('/')))),
                (key, task) -> task.ifPresentOrElse(found -> tasks.put(key, found), () -> tasks.remove(key)));
        return tasks.values().stream();
    }
}
