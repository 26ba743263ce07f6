package dev.tracerl.ops.tasks;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.TaskInputs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task without its place in a set.
 *
 * @param prompt what the user asks
 * @param inputs what the verifier needs
 * @param reference a known right answer, if there is one
 * @param difficulty from 0 to 1, if the source has one
 */
record TaskDraft(
        String prompt,
        Map<String, String> inputs,
        @Nullable String reference,
        @Nullable Double difficulty) {

    TaskDraft {
        inputs = Map.copyOf(inputs);
    }

    TaskDraft(String prompt, Map<String, String> inputs, @Nullable String reference) {
        this(prompt, inputs, reference, null);
    }

    TaskInputs asInputs(String taskId, String kind) {
        return new TaskInputs(taskId, kind, prompt, inputs);
    }

    Task task(String set, int index, String kind) {
        return Task.newBuilder()
                .setTaskId(Ids.task(set, index))
                .setSet(set)
                .setIndex(index)
                .setKind(kind)
                .setPrompt(prompt)
                .setInputs(inputs)
                .setReference(reference)
                .setDifficulty(difficulty)
                .build();
    }
}
