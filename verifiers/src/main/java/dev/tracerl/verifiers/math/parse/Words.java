package dev.tracerl.verifiers.math.parse;

import java.util.Locale;
import java.util.Set;

/** What a command or a word stands for. */
final class Words {

    private static final Set<String> PLAIN_NAMES = Set.of("pi", "theta");
    private static final Set<String> PLAIN_COMMANDS = Set.of("inf", "sqrt");
    private static final Set<String> NOT_PLAIN =
            Set.of("in", "to", "pm", "mp", "times", "div", "union", "cup", "cap", "mid", "cong");

    private Words() {}

    /** A word without a backslash. */
    static Token token(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String name = Vocabulary.ALIASES.getOrDefault(lower, lower);
        if (word.length() == 1) {
            return of(TokenType.NAME, word);
        }
        if (PLAIN_NAMES.contains(lower)) {
            return of(TokenType.NAME, lower);
        }
        boolean operator = Vocabulary.OPERATORS.containsKey(lower) && !NOT_PLAIN.contains(lower);
        if (operator || PLAIN_COMMANDS.contains(name) || Vocabulary.FUNCTIONS.contains(name)) {
            return command(operator ? lower : name);
        }
        return of(TokenType.WORD, word);
    }

    /** A word after a backslash. */
    static Token command(String name) {
        if (Vocabulary.OPERATORS.containsKey(name)) {
            return of(TokenType.OPERATOR, Vocabulary.OPERATORS.getOrDefault(name, ""));
        } else if (Vocabulary.OPENING.containsKey(name)) {
            return of(TokenType.OPEN, Vocabulary.OPENING.getOrDefault(name, ""));
        } else if (Vocabulary.CLOSING.containsKey(name)) {
            return of(TokenType.CLOSE, Vocabulary.CLOSING.getOrDefault(name, ""));
        } else if (Vocabulary.FUNCTIONS.contains(name)) {
            return of(TokenType.FUNCTION, name);
        } else if (Vocabulary.COMMANDS.contains(name)) {
            return of(TokenType.COMMAND, name);
        } else if (Vocabulary.NAMES.contains(name) || Vocabulary.ALIASES.containsValue(name)) {
            return of(TokenType.NAME, name);
        }
        throw new ParseException("unknown command \\" + name);
    }

    /** The argument of a text command, not empty. */
    static Token argument(String command, String content) {
        boolean letter = content.length() == 1
                && Character.isLetter(content.charAt(0))
                && !(command.equals("text") && Units.known(content).isPresent());
        if (command.equals("mathbb")) {
            return of(TokenType.NAME, Vocabulary.ALIASES.getOrDefault(content, content));
        }
        if (letter || Vocabulary.FUNCTIONS.contains(content)) {
            return of(letter ? TokenType.NAME : TokenType.FUNCTION, content);
        }
        return of(TokenType.TEXT, content);
    }

    /** Whether text holds a value, an operator or a separator rather than words: \\text{12}, \\text{ and }, \\text{!}. */
    static boolean isMathematics(String content) {
        String lower = content.toLowerCase(Locale.ROOT).replace(",", "").strip();
        if (Vocabulary.OPERATORS.containsKey(lower) && !NOT_PLAIN.contains(lower)) {
            return true;
        }
        return !content.isEmpty()
                && (Lexer.isDigit(content.charAt(0)) || "\\-+*/^!=<>|".indexOf(content.charAt(0)) >= 0);
    }

    private static Token of(TokenType type, String text) {
        return new Token(type, text, false);
    }
}
