package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets that are written as a sentence: no solution, all real numbers, x &lt; 2 or x &gt; 3, x &gt; 2 and x &lt; 3, {x | x &gt; 3}. */
final class Phrases {

    private static final int MAX_PARTS = 8;
    private static final Pattern TEXT = Pattern.compile("\\\\(?:text|mathrm|textrm|mbox)\\s*\\{([^{}]*)}");
    private static final Map<Pattern, String> SETS = Map.of(
            Pattern.compile("(?i)no solutions?"), "empty", Pattern.compile("(?i)all real(?:s| numbers?)"), "reals");
    private static final Pattern OR = Pattern.compile(",?\\s+or\\s+|\\s*\\\\(?:lor|vee)(?![A-Za-z])");
    private static final Pattern AND = Pattern.compile(",?\\s+and\\s+|\\s*\\\\(?:land|wedge)(?![A-Za-z])");
    private static final Pattern BUILDER = Pattern.compile(
            "\\\\\\{\\s*([a-z])\\s*(?:\\\\in\\s*\\\\mathbb\\{R}\\s*)?(?:\\\\mid|\\\\vert|:|\\|)\\s*(.+)\\\\}");
    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");

    private Phrases() {}

    /** What a cleaned answer means as a set; empty if it is no such sentence. */
    static Optional<Expr> set(String cleaned) {
        String plain = TEXT.matcher(cleaned).replaceAll(" $1 ").strip();
        for (Map.Entry<Pattern, String> set : SETS.entrySet()) {
            if (set.getKey().matcher(plain).matches()) {
                return Optional.of(new Expr.Name(set.getValue()));
            }
        }
        Matcher builder = BUILDER.matcher(plain);
        if (!builder.matches()) {
            return alternatives(plain);
        }
        String condition = builder.group(2);
        return alternatives(condition)
                .or(() -> inequality(condition))
                .filter(set -> variables(set).equals(Set.of(builder.group(1))));
    }

    /** Inequalities of one variable, of which one must hold, or all of several: a union of intersections. */
    private static Optional<Expr> alternatives(String text) {
        return combined(text, OR, "cup", part -> combined(part, AND, "cap", Phrases::inequality))
                .filter(set ->
                        set instanceof Expr.SetOperation && variables(set).size() == 1);
    }

    /** The set of all parts; of one, itself. */
    private static Optional<Expr> combined(
            String text, Pattern separator, String operator, Function<String, Optional<Expr>> reader) {
        String[] parts = separator.split(text, MAX_PARTS + 1);
        List<Expr> sets = new ArrayList<>();
        for (String part : parts) {
            reader.apply(part).ifPresent(sets::add);
        }
        if (sets.size() < parts.length || parts.length > MAX_PARTS) {
            return Optional.empty();
        }
        return Optional.of(sets.size() == 1 ? sets.get(0) : new Expr.SetOperation(operator, sets));
    }

    private static Optional<Expr> inequality(String text) {
        try {
            return Optional.of(Parser.parse(text.strip()))
                    .filter(found -> found instanceof Expr.Relation relation
                            && ORDERS.containsAll(relation.operators())
                            && relation.terms().stream().anyMatch(Expr.Name.class::isInstance));
        } catch (ParseException | ArithmeticException e) {
            return Optional.empty(); // no inequality: the caller reads it in another way
        }
    }

    /** Names that are terms of an inequality by themselves. */
    private static Set<String> variables(Expr expr) {
        Set<String> names = new HashSet<>();
        for (Expr child : expr.children()) {
            if (expr instanceof Expr.Relation
                    && child instanceof Expr.Name name
                    && !name.name().equals("inf")) {
                names.add(name.name());
            }
            boolean set = child instanceof Expr.Relation || child instanceof Expr.SetOperation;
            names.addAll(set ? variables(child) : Set.of());
        }
        return names;
    }
}
