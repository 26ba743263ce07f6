package dev.tracerl.verifiers.math.parse;

/** Counts how deep a text is in brackets. */
final class Brackets {

    private Brackets() {}

    /** 1 for an opening character, -1 for a closing one, otherwise 0. */
    static int step(char c, String opening, String closing) {
        if (opening.indexOf(c) >= 0) {
            return 1;
        }
        return closing.indexOf(c) >= 0 ? -1 : 0;
    }

    /** The depth at the end of a prefix. */
    static int depth(String text, int end) {
        int depth = 0;
        for (int i = 0; i < end; i++) {
            depth += step(text.charAt(i), "([{", ")]}");
        }
        return depth;
    }
}
