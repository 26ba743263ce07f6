package dev.tracerl.verifiers.math.numeric;

/** Factorials of real numbers, by Stirling's series: about 13 digits. */
final class Gamma {

    /** From here on a few terms of the series will do. */
    private static final double LARGE = 16;

    private Gamma() {}

    /** x!; no number where x is a negative whole one. */
    static double factorial(double x) {
        if (x < 0) {
            return Math.PI * -x / (Math.sin(Math.PI * -x) * factorial(-x));
        }
        double large = x;
        double between = 1;
        while (large < LARGE) {
            large++;
            between *= large;
        }
        return stirling(large) / between;
    }

    private static double stirling(double x) {
        double square = x * x;
        double rest = (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / (1680 * square)) / square) / square) / x;
        return Math.sqrt(2 * Math.PI * x) * Math.exp(x * Math.log(x) - x + rest);
    }
}
