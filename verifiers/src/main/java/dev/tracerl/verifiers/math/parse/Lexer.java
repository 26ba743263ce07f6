package dev.tracerl.verifiers.math.parse;

import java.util.ArrayList;
import java.util.List;

/** Cuts a cleaned text into tokens. Every character is read once. */
final class Lexer {

    private static final String OPERATORS = "+-*/^_!%|=<>,;:&'";
    private static final String BEFORE_EQUALS = "<>!=";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private boolean spaced;
    private boolean broken;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String cleaned) {
        Lexer lexer = new Lexer(cleaned);
        lexer.readAll();
        lexer.add(TokenType.DONE, "");
        return lexer.tokens;
    }

    private void readAll() {
        while (next < text.length()) {
            char c = text.charAt(next);
            if (Character.isWhitespace(c) || c == Cleaner.THIN) {
                next++;
                spaced = true;
                broken |= c == '\n';
            } else if (c == '\\') {
                next++;
                command();
            } else if (startsNumber()) {
                String number = Numerals.at(text, next);
                next += number.length();
                add(TokenType.NUMBER, number);
            } else if (Character.isLetter(c)) {
                add(Words.token(letters()));
            } else {
                symbol(c);
            }
        }
    }

    private boolean startsNumber() {
        char c = text.charAt(next);
        return isDigit(c) || (c == '.' && next + 1 < text.length() && isDigit(text.charAt(next + 1)));
    }

    private void symbol(char c) {
        next++;
        switch (c) {
            case '{' -> add(TokenType.BRACE, "{");
            case '}' -> add(TokenType.UNBRACE, "}");
            case '(', '[' -> add(TokenType.OPEN, String.valueOf(c));
            case ')', ']' -> add(TokenType.CLOSE, String.valueOf(c));
            case Cleaner.GROUPING -> add(TokenType.OPERATOR, ",");
            default -> operator(c);
        }
    }

    private void operator(char c) {
        if (OPERATORS.indexOf(c) < 0) {
            throw new ParseException("unexpected character " + c);
        }
        if (BEFORE_EQUALS.indexOf(c) >= 0 && follows('=')) {
            add(TokenType.OPERATOR, c == '=' ? "=" : c + "=");
        } else if (c == '*' && follows('*')) {
            add(TokenType.OPERATOR, "^");
        } else {
            add(TokenType.OPERATOR, String.valueOf(c));
        }
    }

    private boolean follows(char c) {
        boolean found = next < text.length() && text.charAt(next) == c;
        next += found ? 1 : 0;
        return found;
    }

    private void command() {
        if (next >= text.length()) {
            throw new ParseException("a backslash at the end");
        }
        if (!Character.isLetter(text.charAt(next))) {
            escaped(text.charAt(next++));
            return;
        }
        String letters = letters();
        String name = Vocabulary.ALIASES.getOrDefault(letters, letters);
        if (Vocabulary.TEXTS.contains(name)) {
            textArgument(name);
        } else if (name.equals("begin")) {
            add(TokenType.BEGIN, braced());
        } else if (name.equals("end")) {
            add(TokenType.END, braced());
        } else {
            add(Words.command(name));
        }
    }

    private void escaped(char c) {
        switch (c) {
            case '{' -> add(TokenType.OPEN, "{");
            case '}' -> add(TokenType.CLOSE, "}");
            case '%' -> add(TokenType.OPERATOR, "%");
            case '\\' -> add(TokenType.OPERATOR, "row");
            case '|' -> add(TokenType.OPERATOR, "|");
            case '_', '#', '&', ' ' -> spaced = true;
            default -> throw new ParseException("unknown command \\" + c);
        }
    }

    /** The argument of a text command: a value, a name, or words. */
    private void textArgument(String command) {
        String content = braced().strip();
        if (Words.isMathematics(content)) {
            Lexer inner = new Lexer(Cleaner.clean(content));
            inner.spaced = true;
            inner.readAll();
            tokens.addAll(inner.tokens);
        } else if (!content.isEmpty()) {
            add(Words.argument(command, content));
        }
    }

    /** The text in braces that starts here, or the next character. */
    private String braced() {
        while (next < text.length() && " *".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        if (next >= text.length()) {
            return "";
        }
        if (text.charAt(next) != '{') {
            return String.valueOf(text.charAt(next++));
        }
        int from = ++next;
        int depth = 1;
        while (next < text.length() && depth > 0) {
            depth += Brackets.step(text.charAt(next++), "{", "}");
        }
        return text.substring(from, depth == 0 ? next - 1 : next);
    }

    private String letters() {
        int from = next;
        while (next < text.length() && Character.isLetter(text.charAt(next))) {
            next++;
        }
        return text.substring(from, next);
    }

    private void add(Token token) {
        add(token.type(), token.text());
    }

    private void add(TokenType type, String value) {
        boolean number = type == TokenType.NUMBER || (type == TokenType.COMMAND && value.equals("frac"));
        if (broken && number && endsInNumber()) {
            throw new ParseException("numbers in two lines");
        }
        tokens.add(new Token(type, value, spaced));
        spaced = false;
        broken = false;
    }

    private boolean endsInNumber() {
        return !tokens.isEmpty() && tokens.get(tokens.size() - 1).type() == TokenType.NUMBER;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
