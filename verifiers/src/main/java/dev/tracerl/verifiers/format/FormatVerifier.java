package dev.tracerl.verifiers.format;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges the form of a response. Input {@code format}: one or more of {@link Check}'s names, separated by commas. The
 * score is the share of checks that hold. An operation is one character looked at by one check.
 */
public final class FormatVerifier implements Verifier {

    /** The kind of task. */
    public static final String KIND = "format";

    /** Name of the input with the checks. */
    public static final String FORMAT = "format";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        List<String> unknown =
                names(task).stream().filter(name -> Check.named(name).isEmpty()).toList();
        if (names(task).isEmpty()) {
            return Optional.of("input format is missing");
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("format has unknown checks " + unknown + ", known are "
                        + Arrays.stream(Check.values()).map(Check::label).toList());
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return new Verdict.Unverifiable(invalid.get(), 0);
        }
        List<Check> checks =
                names(task).stream().flatMap(name -> Check.named(name).stream()).toList();
        List<Check> broken =
                checks.stream().filter(check -> !check.holds(answer)).toList();
        long operations = (long) checks.size() * answer.length();
        if (broken.isEmpty()) {
            return new Verdict.Correct(operations);
        }
        String reason = "not " + broken.stream().map(Check::label).collect(Collectors.joining(", not "));
        return broken.size() == checks.size()
                ? new Verdict.Incorrect(reason, operations)
                : new Verdict.Partial(1 - (double) broken.size() / checks.size(), reason, operations);
    }

    private static List<String> names(TaskInputs task) {
        return Arrays.stream(task.inputs().getOrDefault(FORMAT, "").split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
