package dev.tracerl.verifiers.math.symbolic;

import dev.tracerl.verifiers.math.numeric.Sampling;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes scalars in Symja's language; only names and functions of this class appear in it. */
final class SymjaText {

    static final int MAX_LENGTH = 2000;

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("sin", "Sin"),
            Map.entry("cos", "Cos"),
            Map.entry("tan", "Tan"),
            Map.entry("cot", "Cot"),
            Map.entry("sec", "Sec"),
            Map.entry("csc", "Csc"),
            Map.entry("arcsin", "ArcSin"),
            Map.entry("arccos", "ArcCos"),
            Map.entry("arctan", "ArcTan"),
            Map.entry("sinh", "Sinh"),
            Map.entry("cosh", "Cosh"),
            Map.entry("tanh", "Tanh"),
            Map.entry("exp", "Exp"),
            Map.entry("ln", "Log"),
            Map.entry("abs", "Abs"),
            Map.entry("floor", "Floor"),
            Map.entry("ceil", "Ceiling"));

    private final Map<String, String> variables = new HashMap<>();

    /** A writer for expressions that share their variables, which are called v0, v1, ... in order of their names. */
    SymjaText(Expr... expressions) {
        for (Expr expression : expressions) {
            Sampling.variables(expression).forEach(name -> variables.put(name, ""));
        }
        List<String> names = variables.keySet().stream().sorted().toList();
        names.forEach(name -> variables.put(name, "v" + names.indexOf(name)));
    }

    int variables() {
        return variables.size();
    }

    /**
     * The text.
     *
     * @throws UnsupportedOperationException if the expression is not a scalar of known functions
     * @throws TooLargeException if it is too long
     */
    String write(Expr expr) {
        String text = text(expr);
        if (text.length() > MAX_LENGTH) {
            throw new TooLargeException("expression is longer than " + MAX_LENGTH);
        }
        return text;
    }

    private String text(Expr expr) {
        if (expr instanceof Expr.Num number) {
            return "(" + number.value() + ")";
        } else if (expr instanceof Expr.Name name) {
            return name(name.name());
        } else if (expr instanceof Expr.Negative negative) {
            return "(-" + text(negative.value()) + ")";
        } else if (expr instanceof Expr.Sum sum) {
            return joined(sum.terms(), "+");
        } else if (expr instanceof Expr.Product product) {
            return joined(product.factors(), "*");
        } else if (expr instanceof Expr.Quotient quotient) {
            return "(" + text(quotient.numerator()) + "/" + text(quotient.denominator()) + ")";
        }
        return special(expr);
    }

    private String special(Expr expr) {
        if (expr instanceof Expr.Power power) {
            return power(power);
        } else if (expr instanceof Expr.Percent percent) {
            return "(" + text(percent.value()) + "/100)";
        } else if (expr instanceof Expr.Quantity quantity) {
            return text(quantity.value());
        } else if (expr instanceof Expr.Call call) {
            return call(call);
        }
        throw new UnsupportedOperationException("not a scalar");
    }

    /** Odd roots of negative numbers are negative; of complex numbers they are the principal ones. */
    private String power(Expr.Power power) {
        boolean oddRoot = !Sampling.isComplex(power.base())
                && power.exponent() instanceof Expr.Quotient root
                && root.numerator() instanceof Expr.Num one
                && one.value().equals(Fraction.ONE)
                && root.denominator() instanceof Expr.Num index
                && index.value().isWhole()
                && index.value().numerator().testBit(0);
        return oddRoot
                ? "Surd(" + text(power.base()) + ","
                        + text(power.exponent().children().get(1)) + ")"
                : "(" + text(power.base()) + "^" + text(power.exponent()) + ")";
    }

    private String call(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        if (call.function().equals("log") || call.function().equals("lg")) {
            String base = arguments.size() == 2 ? text(arguments.get(1)) : "10";
            return "(Log(" + text(arguments.get(0)) + ")/Log(" + base + "))";
        }
        String function = FUNCTIONS.get(call.function());
        if (function == null || arguments.size() != 1) {
            throw new UnsupportedOperationException("function " + call.function());
        }
        return function + "(" + text(arguments.get(0)) + ")";
    }

    private String name(String name) {
        return switch (name) {
            case "pi" -> "Pi";
            case "e" -> "E";
            case "i" -> "I";
            case "inf", "empty", "reals" -> throw new UnsupportedOperationException("no scalar: " + name);
            default -> variables.getOrDefault(name, "v");
        };
    }

    private String joined(List<Expr> parts, String operator) {
        return parts.stream().map(this::text).collect(Collectors.joining(operator, "(", ")"));
    }
}
