package dev.tracerl.verifiers.countdown;

import dev.tracerl.verifiers.TaskInputs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Numbers and a target to be reached with each of them used once.
 *
 * @param numbers given numbers
 * @param target value to reach
 */
public record CountdownTask(List<Integer> numbers, int target) {

    public CountdownTask {
        numbers = List.copyOf(numbers);
    }

    /** The same for tasks that differ only in the order of their numbers. */
    public CountdownTask canonical() {
        return new CountdownTask(numbers.stream().sorted().toList(), target);
    }

    /** The task to pose; the prompt is the numbers, an equals sign and the target, as in {@code 30,100,93=23}. */
    public TaskInputs task(String taskId) {
        String given = numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
        return new TaskInputs(
                taskId,
                CountdownVerifier.KIND,
                given + "=" + target,
                Map.of(CountdownVerifier.NUMBERS, given, CountdownVerifier.TARGET, String.valueOf(target)));
    }
}
