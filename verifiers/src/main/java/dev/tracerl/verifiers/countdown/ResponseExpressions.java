package dev.tracerl.verifiers.countdown;

import dev.tracerl.verifiers.text.Denial;
import dev.tracerl.verifiers.text.FinalTexts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the expressions that a response in prose gives as its answer, in the notation of {@link Expression}. */
final class ResponseExpressions {

    private static final String BARE = "0123456789+-*/()=., ";
    private static final String OPERATORS = "+-*/";
    private static final String IN_EXPRESSIONS = OPERATORS + " ()0123456789";
    private static final String FOREIGN_OPERATORS = "^!%_\u221a";
    private static final int MAX_FRACTIONS = 16;
    private static final Pattern FRACTION = Pattern.compile("\\\\[dtc]?frac\\{([^{}]*)}\\{([^{}]*)}");
    private static final Pattern NOTHING =
            Pattern.compile("\\\\(?:left|right|displaystyle|,|;|!|\\(|\\)|\\[|])|[$`]|\\*\\*");
    private static final Pattern STATED = Pattern.compile("\\s*=\\s*(-?\\d{1,9})(?![\\d.])");

    /** An expression and, if the response says so, its value. */
    record Claim(String expression, String value) {}

    private ResponseExpressions() {}

    /** Whether a response is an expression or a failed one, rather than prose. */
    static boolean isBare(String response) {
        return response.chars().allMatch(c -> BARE.indexOf(c) >= 0);
    }

    /** The different expressions of a response. */
    static Set<Claim> of(String response) {
        FinalTexts found = FinalTexts.of(response);
        Set<Claim> claims = new LinkedHashSet<>();
        for (String text : found.texts()) {
            String plain = plain(text).strip();
            claims.addAll(found.isMarked() ? marked(plain) : inProse(lastLine(plain)));
        }
        return claims;
    }

    /** One expression and nothing else, perhaps with its value. */
    private static List<Claim> marked(String text) {
        int equals = text.indexOf('=');
        Matcher stated = STATED.matcher(equals < 0 ? "" : text.substring(equals));
        if (equals >= 0 && !stated.matches()) {
            return List.of();
        }
        String expression = (equals < 0 ? text : text.substring(0, equals)).strip();
        return expression.isEmpty() ? List.of() : List.of(new Claim(expression, equals < 0 ? "" : stated.group(1)));
    }

    /** Whatever has an operator between numbers, and is not denied. */
    private static List<Claim> inProse(String line) {
        List<Claim> claims = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && IN_EXPRESSIONS.indexOf(line.charAt(end)) >= 0) {
                end++;
            }
            String run = line.substring(at, end).strip();
            if (isExpression(run) && !Denial.isAround(line, at, end)) {
                Matcher stated = STATED.matcher(line).region(end, line.length());
                claims.add(new Claim(withNeighbours(line, at, end), stated.lookingAt() ? stated.group(1) : ""));
            }
            at = end + 1;
        }
        return claims;
    }

    /** With what stands next to it without a blank and belongs to it, so that it is none: 100^1, 100!, sqrt(100). */
    private static String withNeighbours(String line, int at, int end) {
        boolean before = at > 0 && line.charAt(at) != ' ' && belongs(line.charAt(at - 1));
        boolean after = end < line.length() && line.charAt(end - 1) != ' ' && belongs(line.charAt(end));
        return line.substring(before ? at - 1 : at, after ? end + 1 : end).strip();
    }

    private static boolean belongs(char c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || FOREIGN_OPERATORS.indexOf(c) >= 0
                || type == Character.OTHER_NUMBER
                || type == Character.FORMAT;
    }

    private static boolean isExpression(String run) {
        int operator = -1;
        for (int i = 1; i < run.length() && operator < 0; i++) {
            operator = OPERATORS.indexOf(run.charAt(i)) >= 0 ? i : -1;
        }
        return operator > 0 && run.substring(0, operator).matches("[(\\s]*\\d.*") && run.matches(".*\\d[)\\s]*");
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    /** Without LaTeX and Markdown. */
    private static String plain(String text) {
        String plain =
                text.length() > FinalTexts.MAX_PROSE ? text.substring(text.length() - FinalTexts.MAX_PROSE) : text;
        for (int i = 0; i < MAX_FRACTIONS && FRACTION.matcher(plain).find(); i++) {
            plain = FRACTION.matcher(plain).replaceAll("(($1)/($2))");
        }
        plain = plain.replaceAll("\\\\(?:times|cdot|ast)(?![A-Za-z])|[\u00d7\u00b7\u22c5]", "*")
                .replaceAll("\\\\div(?![A-Za-z])|\u00f7", "/")
                .replaceAll("[\u2212\u2013]", "-");
        return NOTHING.matcher(plain).replaceAll("");
    }
}
