package dev.tracerl.core.value;

/**
 * One entry per target token; all arrays are aligned, shared, and must not be written.
 *
 * @param values {@code (M)} under the value model being trained
 * @param oldValues {@code (M)} under the value model before its update
 * @param returns {@code (M)} what the values should be
 * @param weights {@code (M)} factor of the token's term in the sum
 */
public record ValueLossInputs(double[] values, double[] oldValues, double[] returns, double[] weights) {

    public ValueLossInputs {
        int length = values.length;
        if (oldValues.length != length || returns.length != length || weights.length != length) {
            throw new IllegalArgumentException("lengths differ: values " + length + ", oldValues " + oldValues.length
                    + ", returns " + returns.length + ", weights " + weights.length);
        }
    }

    /** Number of targets. */
    public int targets() {
        return values.length;
    }
}
