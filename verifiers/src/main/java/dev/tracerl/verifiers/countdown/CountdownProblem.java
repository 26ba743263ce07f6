package dev.tracerl.verifiers.countdown;

import dev.tracerl.verifiers.TaskInputs;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The inputs of a countdown task, read.
 *
 * @param numbers given numbers
 * @param target value to reach
 * @param useAll whether every number must be used; otherwise each may be used at most once
 */
record CountdownProblem(List<Long> numbers, long target, boolean useAll) {

    static final int MAX_NUMBERS = 8;

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(,\\d{1,9}){0," + (MAX_NUMBERS - 1) + "}");
    private static final Pattern TARGET = Pattern.compile("-?\\d{1,9}");

    /**
     * Reads a task.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static CountdownProblem of(TaskInputs task) {
        String numbers = required(task, CountdownVerifier.NUMBERS);
        String target = required(task, CountdownVerifier.TARGET);
        String use = task.input(CountdownVerifier.USE).orElse(CountdownVerifier.USE_ALL);
        if (!NUMBERS.matcher(numbers).matches()) {
            throw new IllegalArgumentException(
                    "numbers must be 1 to " + MAX_NUMBERS + " integers of at most 9 digits, separated by commas");
        }
        if (!TARGET.matcher(target).matches()) {
            throw new IllegalArgumentException("target must be an integer of at most 9 digits");
        }
        if (!use.equals(CountdownVerifier.USE_ALL) && !use.equals(CountdownVerifier.USE_SOME)) {
            throw new IllegalArgumentException("use must be all or some");
        }
        List<Long> values =
                Arrays.stream(numbers.split(",")).map(Long::parseLong).toList();
        return new CountdownProblem(values, Long.parseLong(target), use.equals(CountdownVerifier.USE_ALL));
    }

    private static String required(TaskInputs task, String name) {
        return task.input(name).orElseThrow(() -> new IllegalArgumentException("input " + name + " is missing"));
    }
}
