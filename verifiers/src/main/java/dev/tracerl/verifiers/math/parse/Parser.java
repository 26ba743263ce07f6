package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads one answer:
 *
 * <pre>
 *   list     = relation (("," | ";" | "and" | "or") relation)*
 *   relation = set (("=" | "&lt;" | "in" | ...) set)*
 *   set      = sum (("cup" | "cap" | "minus") sum)*
 *   sum      = [sign] product (("+" | "-" | "+-") product)*
 *   product  = power (["*" | "/"] power)* [unit]
 *   power    = atom ("^" argument | "!" | "%" | degree)*
 * </pre>
 */
final class Parser {

    private static final Set<String> RELATIONS = Set.of("=", "!=", "<", "<=", ">", ">=", "~", "in", "=>", "to");
    private static final Set<String> SETS = Set.of("cup", "cap", "minus");

    private final Tokens tokens;
    private final AtomParser atoms;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
        this.atoms = new AtomParser(tokens, this);
    }

    /** Reads a cleaned text; throws {@link ParseException} or an {@link ArithmeticException} if it is no mathematics. */
    static Expr parse(String cleaned) {
        Parser parser = new Parser(new Tokens(Lexer.tokens(cleaned)));
        List<Expr> items = parser.list();
        if (!parser.tokens.isDone()) {
            throw new ParseException("unexpected " + parser.tokens.peek().text());
        }
        return items.size() == 1 ? items.get(0) : new Expr.Group(' ', ' ', items);
    }

    /** One or more values. */
    List<Expr> list() {
        tokens.enter();
        boolean bars = tokens.bars(false);
        List<Expr> items = new ArrayList<>();
        items.add(relation());
        while (separator()) {
            items.add(relation());
        }
        tokens.bars(bars);
        tokens.leave();
        return items;
    }

    /** Takes one separator, also ", and". */
    private boolean separator() {
        boolean comma = tokens.accept(",") || tokens.accept(";");
        boolean word = tokens.accept("and") || tokens.accept("or");
        return comma || word;
    }

    private Expr relation() {
        List<Expr> terms = new ArrayList<>();
        List<String> operators = new ArrayList<>();
        terms.add(set());
        while (tokens.peek().type() == TokenType.OPERATOR
                && RELATIONS.contains(tokens.peek().text())) {
            operators.add(tokens.take().text());
            terms.add(set());
        }
        return operators.isEmpty() ? terms.get(0) : new Expr.Relation(terms, operators);
    }

    private Expr set() {
        Expr first = ratio();
        String operator = tokens.peek().text();
        if (tokens.peek().type() != TokenType.OPERATOR || !SETS.contains(operator)) {
            return first;
        }
        List<Expr> sets = new ArrayList<>(List.of(first));
        while (tokens.accept(operator)) {
            sets.add(ratio());
        }
        return new Expr.SetOperation(operator, sets);
    }

    private Expr ratio() {
        Expr first = sum();
        if (!tokens.peek().isOperator(":")) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(value(first)));
        while (tokens.accept(":")) {
            parts.add(value(sum()));
        }
        return new Expr.Call("ratio", parts);
    }

    /** A sum of products. */
    Expr sum() {
        tokens.enter();
        List<Expr> terms = new ArrayList<>();
        terms.add(signed(true));
        while (isSign(tokens.peek())) {
            terms.add(signed(false));
        }
        tokens.leave();
        return terms.size() == 1
                ? terms.get(0)
                : new Expr.Sum(terms.stream().map(Parser::value).toList());
    }

    private static boolean isSign(Token token) {
        return token.isOperator("+") || token.isOperator("-") || token.isOperator("pm") || token.isOperator("mp");
    }

    private Expr signed(boolean first) {
        String sign = isSign(tokens.peek()) ? tokens.take().text() : "+";
        if (first && isSign(tokens.peek())) {
            throw new ParseException("two signs");
        }
        Expr value = !first && tokens.accept("-") ? new Expr.Negative(product()) : product();
        return switch (sign) {
            case "-" -> new Expr.Negative(value);
            case "pm" -> new Expr.PlusMinus(value);
            case "mp" -> new Expr.PlusMinus(new Expr.Negative(value));
            default -> value;
        };
    }

    /** A product of powers, with its unit. */
    Expr product() {
        Expr left = atoms.mixedOrPower();
        while (true) {
            if (tokens.accept("*")) {
                left = times(left, factor());
            } else if (tokens.accept("/")) {
                left = new Expr.Quotient(value(left), value(factor()));
            } else if (Units.startsHere(tokens)) {
                return Units.attach(left, tokens);
            } else if (atoms.startsHere()) {
                left = implicit(left);
            } else {
                return left;
            }
        }
    }

    /** A factor after an explicit operator may have a sign. */
    private Expr factor() {
        if (tokens.accept("-")) {
            return new Expr.Negative(atoms.power());
        }
        tokens.accept("+");
        return atoms.power();
    }

    private Expr implicit(Expr left) {
        if (left instanceof Expr.Num && tokens.peek().type() == TokenType.NUMBER) {
            throw new ParseException("two numbers side by side");
        }
        return times(left, atoms.power());
    }

    /** Words have no value. */
    private static Expr value(Expr expr) {
        if (expr instanceof Expr.Text text) {
            throw new ParseException("no value: " + text.text());
        }
        return expr;
    }

    private static Expr times(Expr left, Expr right) {
        List<Expr> factors = new ArrayList<>();
        if (left instanceof Expr.Product product) {
            factors.addAll(product.factors());
        } else {
            factors.add(value(left));
        }
        factors.add(value(right));
        return new Expr.Product(factors);
    }
}
