package dev.tracerl.ops.session;

import dev.tracerl.ops.stack.StackException;
import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a run that would wait for ever for workers which the local stack does not have.
 *
 * @param verifiers verifier by kind of task
 * @param workers how many workers the stack has
 */
public record WorkerCheck(Map<String, Verifier> verifiers, long workers) {

    /** @throws StackException if the stack cannot judge a run's tasks, which are on the log */
    public static void require(StackState stack, RunSpec run, Connection connection, AvroSerdes serdes) {
        Collection<Task> tasks =
                TopicReader.latest(connection, serdes, Topics.TASKS).values();
        new WorkerCheck(Verifiers.byKind(), stack.verifiers())
                .problem(run, tasks)
                .ifPresent(problem -> {
                    throw new StackException(problem);
                });
    }

    /** Why the run's tasks cannot be judged; empty if they can. */
    Optional<String> problem(RunSpec run, Collection<Task> tasks) {
        Set<String> sets = Stream.concat(
                        run.getTasks().stream().map(TaskSet::getSet),
                        run.getEvaluation().stream().map(EvaluationPlan::getSet))
                .collect(Collectors.toSet());
        Set<String> kinds = tasks.stream()
                .filter(task -> sets.contains(task.getSet()))
                .map(Task::getKind)
                .filter(this::needsWorker)
                .collect(Collectors.toCollection(TreeSet::new));
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        if (workers == 0) {
            return Optional.of(("run %s has tasks of kind %s, which only workers can judge, and the stack has none: "
                            + "start it with tracerl up --verifiers 1")
                    .formatted(run.getRunId(), String.join(" and ", kinds)));
        }
        return verifiers.values().stream()
                .filter(verifier -> kinds.contains(verifier.kind()))
                .map(Verifier::unavailable)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .map(problem -> "run %s: %s".formatted(run.getRunId(), problem));
    }

    private boolean needsWorker(String kind) {
        Verifier verifier = verifiers.get(kind);
        return verifier != null && !verifier.isInline();
    }
}
