package dev.tracerl.verifiers.exact;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.text.FinalAnswer;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Judges answers that must be given word for word. Inputs: {@code answer}; and optionally {@code case}: {@code
 * sensitive} (default) or {@code insensitive}. The whole response or what it boxes, tags or announces must be the
 * answer; runs of blanks count as one, and canonically equal characters are the same. Two boxes that differ are wrong.
 * An operation is one character of the response.
 */
public final class ExactVerifier implements Verifier {

    /** The kind of task. */
    public static final String KIND = "exact";

    /** Name of the input with the right answer. */
    public static final String ANSWER = "answer";

    /** Name of the optional input that says whether case matters. */
    public static final String CASE = "case";

    private static final String SENSITIVE = "sensitive";
    private static final String INSENSITIVE = "insensitive";

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
        String rule = task.input(CASE).orElse(SENSITIVE);
        if (task.input(ANSWER).filter(answer -> !answer.isBlank()).isEmpty()) {
            return Optional.of("input answer is missing");
        }
        return rule.equals(SENSITIVE) || rule.equals(INSENSITIVE)
                ? Optional.empty()
                : Optional.of("case must be sensitive or insensitive");
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return new Verdict.Unverifiable(invalid.get(), 0);
        }
        long operations = Math.min(answer.length(), FinalAnswer.MAX_LENGTH);
        boolean fold = task.input(CASE).filter(INSENSITIVE::equals).isPresent();
        String right = normal(task.inputs().getOrDefault(ANSWER, ""), fold);
        if (answer.length() <= FinalAnswer.MAX_LENGTH && normal(answer, fold).equals(right)) {
            return new Verdict.Correct(operations);
        }
        Set<String> given = new HashSet<>();
        FinalAnswer.of(answer).candidates().forEach(candidate -> given.add(normal(candidate, fold)));
        if (given.size() > 1) {
            return new Verdict.Incorrect("gives " + given.size() + " different answers", operations);
        }
        return given.contains(right)
                ? new Verdict.Correct(operations)
                : new Verdict.Incorrect("is not the answer", operations);
    }

    private static String normal(String text, boolean fold) {
        String plain = squeezed(Normalizer.normalize(text, Normalizer.Form.NFC).strip());
        return fold ? plain.toLowerCase(Locale.ROOT) : plain;
    }

    /** Runs of blanks as one. Responses are long, so that a regular expression would take most of the time. */
    private static String squeezed(String text) {
        char[] squeezed = new char[text.length()];
        int length = 0;
        boolean afterBlank = false;
        for (int i = 0; i < squeezed.length; i++) {
            char found = text.charAt(i);
            boolean blank = found == ' ' || (found >= '\t' && found <= '\r');
            if (!blank || !afterBlank) {
                squeezed[length++] = blank ? ' ' : found;
            }
            afterBlank = blank;
        }
        return new String(squeezed, 0, length);
    }
}
