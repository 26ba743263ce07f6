package dev.tracerl.verifiers.math;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands between the parts of an answer; a list reads all of them as commas. */
enum Connective {
    COMMA,
    AND,
    OR,
    MIXED;

    private static final Pattern WORD =
            Pattern.compile("(?i)(?<![a-z\\\\])(?:and|or)(?![a-z])|\\\\(?:land|lor|wedge|vee)(?![a-z])");
    private static final Set<String> ANDS = Set.of("and", "\\land", "\\wedge");

    /** Of the words of an answer. */
    static Connective in(String answer) {
        Set<Connective> found =
                WORD.matcher(answer).results().map(Connective::of).collect(Collectors.toSet());
        if (found.size() > 1) {
            return MIXED;
        }
        return found.isEmpty() ? COMMA : found.iterator().next();
    }

    /** Whether an answer has the words of logic, as a formula of propositions has. */
    static boolean isFormal(String answer) {
        return WORD.matcher(answer).results().anyMatch(word -> word.group().startsWith("\\"));
    }

    private static Connective of(MatchResult word) {
        return ANDS.contains(word.group().toLowerCase(Locale.ROOT)) ? AND : OR;
    }
}
