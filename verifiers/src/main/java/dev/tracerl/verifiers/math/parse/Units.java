package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Words after a value, and which of them are known units. */
public final class Units {

    private static final Map<String, String> KNOWN = new HashMap<>();

    static {
        String[] units = {
            "cm centimeter centimeters centimetre centimetres",
            "m meter meters metre metres",
            "km kilometer kilometers kilometre kilometres",
            "mm millimeter millimeters millimetre millimetres",
            "in inch inches",
            "ft foot feet",
            "yd yard yards",
            "mi mile miles",
            "kg kilogram kilograms",
            "g gram grams",
            "mg milligram milligrams",
            "lb lbs pound pounds",
            "oz ounce ounces",
            "s sec second seconds",
            "min minute minutes",
            "h hr hrs hour hours",
            "day days",
            "week weeks",
            "month months",
            "year years yr yrs",
            "l liter liters litre litres",
            "ml milliliter milliliters",
            "degree degrees deg",
            "radian radians rad",
            "dollar dollars usd bucks",
            "cent cents",
            "euro euros",
            "yen",
            "am a.m. a.m",
            "pm p.m. p.m",
            "unit units",
            "cubic",
            "square",
            "per",
            "point points"
        };
        for (String line : units) {
            String[] names = line.split(" ");
            for (String name : names) {
                KNOWN.put(name, names[0]);
            }
        }
        KNOWN.put("mph", "mi per h");
        KNOWN.put("kph", "km per h");
        KNOWN.put("kmh", "km per h");
        KNOWN.put("meterspersecond", "m per s");
    }

    /** Words that multiply the value before them. */
    private static final Map<String, Fraction> MULTIPLIERS = Map.of(
            "half", Fraction.of(BigInteger.ONE, BigInteger.TWO),
            "dozen", Fraction.of(12),
            "dozens", Fraction.of(12),
            "hundred", Fraction.of(100),
            "thousand", Fraction.of(1_000),
            "million", Fraction.of(1_000_000),
            "millions", Fraction.of(1_000_000),
            "billion", Fraction.of(1_000_000_000),
            "billions", Fraction.of(1_000_000_000),
            "trillion", Fraction.of(1_000_000_000_000L));

    private static final Set<String> PERCENT = Set.of("percent", "percentage", "pct");

    /** Short English words that are no products. */
    private static final Set<String> SHORT_WORDS = Set.of(
            "it", "is", "so", "the", "we", "get", "has", "had", "for", "are", "was", "no", "yes", "not", "can", "you",
            "if", "of", "at", "by", "he", "she", "be", "as", "an", "on", "all", "one", "two", "six", "ten", "her",
            "his", "its", "men", "odd", "red", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "dog", "cat", "car",
            "box", "boy", "but", "more", "any", "our", "out", "sq", "cu", "up", "now", "how", "who", "my", "me", "us",
            "do", "go");

    private Units() {}

    /** The first spelling of a known unit. */
    static Optional<String> known(String unit) {
        return Optional.ofNullable(KNOWN.get(unit.strip().toLowerCase(Locale.ROOT)));
    }

    /** Whether a word is a product of variables rather than text: two or three letters that are no unit. */
    public static boolean isProduct(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return word.length() <= 3
                && word.length() > 1
                && !KNOWN.containsKey(lower)
                && !SHORT_WORDS.contains(lower)
                && lower.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    /** Whether words follow. */
    static boolean startsHere(Tokens tokens) {
        Token token = tokens.peek();
        return token.type() == TokenType.TEXT || (token.type() == TokenType.WORD && !isProduct(token.text()));
    }

    /** A value with all words that follow it, their powers and slashes; some of them multiply it. */
    static Expr attach(Expr value, Tokens tokens) {
        Expr multiplied = value;
        StringJoiner unit = new StringJoiner(" ");
        for (String word : words(tokens).split(" ")) {
            Fraction factor = MULTIPLIERS.get(word);
            if (factor != null) {
                multiplied = new Expr.Product(List.of(multiplied, new Expr.Num(factor, -1)));
            } else if (PERCENT.contains(word)) {
                multiplied = new Expr.Percent(multiplied);
            } else {
                unit.add(word);
            }
        }
        return unit.toString().isEmpty() ? multiplied : new Expr.Quantity(multiplied, unit.toString());
    }

    /** Words alone. */
    static Expr text(String first, Tokens tokens) {
        String rest = words(tokens);
        return new Expr.Text(rest.isEmpty() ? first : first + " " + rest);
    }

    private static String words(Tokens tokens) {
        StringBuilder words = new StringBuilder();
        TokenType last = TokenType.DONE;
        int depth = 0;
        while (isPart(tokens) || (depth > 0 && tokens.peek().type() == TokenType.UNBRACE)) {
            Token token = tokens.take();
            switch (token.type()) {
                case BRACE -> depth++;
                case UNBRACE -> depth--;
                case NUMBER -> words.append(last == TokenType.TEXT ? " " : "").append(token.text());
                default -> words.append(token.isOperator("^") ? "" : " " + token.text());
            }
            last = token.type();
        }
        return words.toString().strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isPart(Tokens tokens) {
        Token token = tokens.peek();
        return switch (token.type()) {
            case WORD, TEXT, NAME, BRACE -> true;
            case NUMBER -> !token.spaced();
            case UNBRACE -> false;
            case OPERATOR -> token.isOperator("^") || token.isOperator("/") || token.isOperator("'");
            default -> false;
        };
    }
}
