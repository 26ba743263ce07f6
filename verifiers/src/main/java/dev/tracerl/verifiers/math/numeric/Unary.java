package dev.tracerl.verifiers.math.numeric;

/** Functions of one argument. */
final class Unary {

    private Unary() {}

    /** The value; throws UnsupportedOperationException for other functions and where a real function is not defined. */
    static Complex value(String function, Complex x) {
        return switch (function) {
            case "sin" -> x.sin();
            case "cos" -> x.cos();
            case "tan" -> x.sin().over(x.cos());
            case "cot" -> x.cos().over(x.sin());
            case "sec" -> Complex.ONE.over(x.cos());
            case "csc" -> Complex.ONE.over(x.sin());
            case "exp" -> x.exp();
            case "ln" -> x.log();
            case "log", "lg" -> x.log().over(Complex.real(Math.log(10)));
            case "abs" -> Complex.real(x.abs());
            default -> Complex.real(real(function, x));
        };
    }

    private static double real(String function, Complex x) {
        if (!x.isReal()) {
            throw new UnsupportedOperationException(function + " of a complex number");
        }
        return switch (function) {
            case "arcsin" -> Math.asin(x.re());
            case "arccos" -> Math.acos(x.re());
            case "arctan" -> Math.atan(x.re());
            case "sinh" -> Math.sinh(x.re());
            case "cosh" -> Math.cosh(x.re());
            case "tanh" -> Math.tanh(x.re());
            case "floor" -> Math.floor(x.re());
            case "ceil" -> Math.ceil(x.re());
            case "factorial" -> Gamma.factorial(x.re());
            default -> throw new UnsupportedOperationException("function " + function);
        };
    }
}
