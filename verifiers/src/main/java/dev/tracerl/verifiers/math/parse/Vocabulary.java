package dev.tracerl.verifiers.math.parse;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What commands and words mean. */
final class Vocabulary {

    /** Functions that are written without parentheses too. */
    static final Set<String> FUNCTIONS = Set.of(
            "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log", "ln",
            "lg", "exp", "gcd", "lcm", "max", "min", "det", "arccot", "arcsec", "arccsc");

    /** Names of Greek letters and constants; two of them are values. */
    static final Set<String> NAMES = Set.of(
            "pi",
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "vartheta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "rho",
            "sigma",
            "tau",
            "phi",
            "varphi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "ell",
            "hbar");

    /** Commands with arguments. */
    static final Set<String> COMMANDS =
            Set.of("frac", "sqrt", "binom", "overline", "bar", "boxed", "fbox", "sum", "prod");

    /** Commands whose argument is text. */
    static final Set<String> TEXTS = Set.of(
            "text",
            "mathrm",
            "mbox",
            "textbf",
            "textit",
            "textrm",
            "textnormal",
            "mathbf",
            "mathit",
            "operatorname",
            "rm",
            "hbox",
            "mathsf",
            "texttt",
            "mathtt",
            "boldsymbol",
            "bm",
            "mathbb",
            "mathcal",
            "emph",
            "unit",
            "vec");

    /** Spellings of operators, commands and words. */
    static final Map<String, String> OPERATORS = pairs(
            "cdot * times * ast * div / pm pm mp mp cup cup cap cap setminus minus in in le <= leq <= leqslant <= ge >= "
                    + "geq >= geqslant >= lt < gt > ne != neq != approx ~ sim ~ equiv = to to rightarrow to implies => "
                    + "lvert | rvert | vert | mid | colon : and and or or percent % pct % percentage % circ circ degree circ "
                    + "degrees circ prime ' union cup cong ~ land and lor or wedge and vee or");

    /** Names that stand for others. */
    static final Map<String, String> ALIASES = pairs(
            "infty inf infinity inf oo inf inf inf emptyset empty varnothing empty tfrac frac dfrac frac cfrac frac arcctg "
                    + "arccot tg tan ctg cot asin arcsin acos arccos atan arctan dbinom binom tbinom binom R reals N naturals "
                    + "Z integers Q rationals C complexes");

    /** Delimiters that are commands. */
    static final Map<String, String> OPENING = pairs("{ { lfloor floor lceil ceil langle ( lbrace { lbrack [ lparen (");

    static final Map<String, String> CLOSING = pairs("} } rfloor floor rceil ceil rangle ) rbrace } rbrack ] rparen )");

    private Vocabulary() {}

    private static Map<String, String> pairs(String text) {
        String[] words = text.split(" ");
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            pairs.put(words[i], words[i + 1]);
        }
        return Map.copyOf(pairs);
    }
}
