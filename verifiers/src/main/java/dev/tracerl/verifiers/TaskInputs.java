package dev.tracerl.verifiers;

import java.util.Map;
import java.util.Optional;

/**
 * What a verifier knows of a task.
 *
 * @param taskId identity, for messages only
 * @param kind kind of task: selects the verifier
 * @param prompt what the user asks
 * @param inputs what the verifier needs, by names that the verifier documents
 */
public record TaskInputs(String taskId, String kind, String prompt, Map<String, String> inputs) {

    public TaskInputs {
        inputs = Map.copyOf(inputs);
    }

    /** The input of that name. */
    public Optional<String> input(String name) {
        return Optional.ofNullable(inputs.get(name));
    }
}
