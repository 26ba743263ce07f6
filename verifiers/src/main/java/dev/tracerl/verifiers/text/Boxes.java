package dev.tracerl.verifiers.text;

import java.util.ArrayList;
import java.util.List;

/** Finds what stands in {@code \boxed{...}} or {@code \fbox{...}}. One pass over the text. */
public final class Boxes {

    private static final List<String> COMMANDS = List.of("\\boxed", "\\fbox");

    private Boxes() {}

    /**
     * The contents of all boxes, in order; of nested boxes the outer one. A box without a closing brace ends with its
     * line, which is unambiguous because an answer stands in one line; {@code \boxed 5} holds one token.
     */
    public static List<String> contents(String text) {
        List<String> contents = new ArrayList<>();
        int next = 0;
        while (next < text.length()) {
            int start = find(text, next);
            if (start < 0) {
                return contents;
            }
            int open = skipBlanks(text, start);
            next = end(text, open);
            String content = content(text, open, next);
            if (!content.isBlank()) {
                contents.add(content.strip());
            }
        }
        return contents;
    }

    /** Index after the next command; -1 if there is none. */
    private static int find(String text, int from) {
        int best = -1;
        int after = -1;
        for (String command : COMMANDS) {
            int found = text.indexOf(command, from);
            if (found >= 0 && (best < 0 || found < best)) {
                best = found;
                after = found + command.length();
            }
        }
        return after;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Index after the box that opens here. */
    private static int end(String text, int open) {
        if (open >= text.length() || text.charAt(open) != '{') {
            return Math.max(tokenEnd(text, open), open + 1);
        }
        int close = closing(text, open);
        if (close >= 0) {
            return close + 1;
        }
        int line = text.indexOf('\n', open);
        return line < 0 ? text.length() : line;
    }

    /** Index of the brace that closes the one at an index; -1 if there is none. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++; // an escaped brace is no brace
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private static int tokenEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at > from && text.charAt(at - 1) == '.' ? at - 1 : at;
    }

    private static String content(String text, int open, int end) {
        if (open >= text.length()) {
            return "";
        }
        if (text.charAt(open) != '{') {
            return text.substring(open, Math.min(end, text.length()));
        }
        boolean closed = closing(text, open) == end - 1;
        return closed ? text.substring(open + 1, end - 1) : unclosed(text.substring(open + 1, end));
    }

    /** What is left of the line without the end of its mathematics. */
    private static String unclosed(String content) {
        for (String mark : List.of("$", "\\)", "\\]")) {
            int at = content.indexOf(mark);
            boolean escaped = mark.equals("$") && at > 0 && content.charAt(at - 1) == '\\';
            if (at > 0 && !escaped) {
                return content.substring(0, at);
            }
        }
        return content;
    }
}
