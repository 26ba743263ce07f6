package dev.tracerl.verifiers.choice;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.text.FinalAnswer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Judges the letter of a multiple-choice answer. Input {@code answer}: one letter from A to J, in any case. The letter is
 * read from what the response boxes, tags or announces, otherwise from its last line; a response that names several
 * letters there, or none, is wrong. An operation is one character of the response.
 */
public final class ChoiceVerifier implements Verifier {

    /** The kind of task. */
    public static final String KIND = "choice";

    /** Name of the input with the right letter. */
    public static final String ANSWER = "answer";

    private static final Pattern LETTER = Pattern.compile("\\(?([A-Ja-j])\\)?");

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        return task.input(ANSWER)
                        .map(String::strip)
                        .filter(answer -> LETTER.matcher(answer).matches())
                        .isPresent()
                ? Optional.empty()
                : Optional.of("input answer must be one letter from A to J");
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return new Verdict.Unverifiable(invalid.get(), 0);
        }
        long operations = Math.min(answer.length(), FinalAnswer.MAX_LENGTH);
        char right = Letters.only(task.inputs().getOrDefault(ANSWER, ""));
        FinalAnswer found = FinalAnswer.of(answer);
        Set<Character> given = new TreeSet<>();
        found.candidates().forEach(candidate -> given.addAll(Letters.in(candidate, found.mark())));
        if (given.size() != 1) {
            return new Verdict.Incorrect(given.isEmpty() ? "names no choice" : "names choices " + given, operations);
        }
        return given.contains(right)
                ? new Verdict.Correct(operations)
                : new Verdict.Incorrect("chooses " + given.iterator().next(), operations);
    }
}
