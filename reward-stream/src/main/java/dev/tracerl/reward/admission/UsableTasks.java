package dev.tracerl.reward.admission;

import dev.tracerl.reward.port.TaskCatalog.Lookup;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verifier;
import java.util.Optional;

/** Finds tasks that can be posed and judged. */
final class UsableTasks {

    private final AdmissionParts parts;

    UsableTasks(AdmissionParts parts) {
        this.parts = parts;
    }

    /**
     * A task, if it can be used.
     *
     * @param firstVisit whether an unusable task goes to dead-letters: once is enough
     */
    Optional<Task> find(String set, int index, boolean firstVisit) {
        String taskId = Ids.task(set, index);
        Lookup lookup = parts.tasks().find(taskId);
        String problem = lookup.task().map(task -> problem(taskId, task)).orElse(lookup.problem());
        if (problem.isEmpty()) {
            return lookup.task();
        }
        if (firstVisit) {
            parts.outbox().refuse(lookup.origin(), "task " + taskId + ": " + problem);
        }
        parts.metrics().taskSkipped(set);
        return Optional.empty();
    }

    private String problem(String taskId, Task task) {
        if (!taskId.equals(task.getTaskId())) {
            return "its taskId is " + task.getTaskId();
        }
        Verifier verifier = parts.verifiers().get(task.getKind());
        if (verifier == null) {
            return "there is no verifier for tasks of kind " + task.getKind();
        }
        return verifier.invalid(new TaskInputs(taskId, task.getKind(), task.getPrompt(), task.getInputs()))
                .orElse("");
    }
}
