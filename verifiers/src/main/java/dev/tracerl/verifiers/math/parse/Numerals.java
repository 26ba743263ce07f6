package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads unsigned decimal numerals with their groups of three digits, and repeating decimals. */
final class Numerals {

    private static final int MAX_LENGTH = 2000;

    /** Digits in groups marked without doubt, or plain; then a fraction. */
    private static final Pattern NUMERAL = Pattern.compile(
            "(?:\\d{1,2}(?:\u0001\\d{2})+\u0001\\d{3}(?!\\d)|\\d{1,3}(?:[\u0001]\\d{3}|,\u0002\\d{3})+(?!\\d)|\\d{1,3}(?:\u0002\\d{3})+(?!\\d)|\\d+)?(?:\\.\\d+|\\.(?=\\\\(?:overline|bar)))?");

    /** 1e5, 6.02E+23; but 2e+3 and 2e-3 are sums with Euler's number. */
    private static final Pattern SCIENTIFIC = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:[eE]|E[+-]|[eE][+-](?=\\d\\d))"
            + "|(?:1|\\d+\\.\\d+)[eE][+-])\\d{1,3}(?![A-Za-z\\d^_!]|\\.\\d)");

    private Numerals() {}

    /** The numeral that starts at an index. */
    static String at(String text, int start) {
        Matcher scientific = SCIENTIFIC.matcher(text).region(start, text.length());
        scientific.useTransparentBounds(true);
        if (scientific.lookingAt()) {
            return scientific.group();
        }
        Matcher matcher = NUMERAL.matcher(text).region(start, text.length());
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt() || matcher.end() == start) {
            throw new ParseException("expected a number at " + start);
        }
        return matcher.group();
    }

    static Expr.Num value(String numeral) {
        int e = numeral.toLowerCase(Locale.ROOT).indexOf('e');
        return e < 0 ? plain(numeral) : scientific(plain(numeral.substring(0, e)), numeral.substring(e + 1));
    }

    private static Expr.Num scientific(Expr.Num mantissa, String power) {
        int exponent = Integer.parseInt(power);
        int places = Math.max(0, mantissa.digits()) - exponent;
        Fraction value = mantissa.value().times(Fraction.of(10).power(exponent));
        return new Expr.Num(value, places > 0 ? places : -1);
    }

    private static Expr.Num plain(String numeral) {
        String digits = numeral.replaceAll("[^0-9.]", "");
        if (digits.length() > MAX_LENGTH) {
            throw new TooLargeException("a number has more than " + MAX_LENGTH + " digits");
        }
        if (digits.isEmpty() || digits.equals(".")) {
            throw new ParseException("a number without digits");
        }
        int point = digits.indexOf('.');
        int places = point < 0 ? 0 : digits.length() - point - 1;
        BigInteger whole = new BigInteger(digits.replace(".", ""));
        return new Expr.Num(Fraction.of(whole, BigInteger.TEN.pow(places)), point < 0 ? -1 : places);
    }

    /** The value of a decimal with repeating digits, as in 0.1\overline{6}. */
    static Expr.Num repeating(Expr.Num start, String repeated) {
        if (!repeated.matches("\\d{1,40}")) {
            throw new ParseException("repeating digits are " + repeated);
        }
        int places = Math.max(0, start.digits());
        BigInteger nines = BigInteger.TEN.pow(repeated.length()).subtract(BigInteger.ONE);
        Fraction tail = Fraction.of(new BigInteger(repeated), nines.multiply(BigInteger.TEN.pow(places)));
        return new Expr.Num(start.value().plus(tail), -1);
    }
}
