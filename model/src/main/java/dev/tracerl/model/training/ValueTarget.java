package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;

/**
 * What a value model learns about one example. Arrays are aligned with the example's targets, shared, and must not be
 * written.
 *
 * @param example rows and targets; the weights of the targets are those of the policy
 * @param returns {@code (M)} what the values should be
 * @param oldValues {@code (M)} values before the update
 */
public record ValueTarget(PackedExample example, float[] returns, float[] oldValues) {

    public ValueTarget {
        int targets = example.targets().length;
        if (returns.length != targets || oldValues.length != targets) {
            throw new IllegalArgumentException(
                    returns.length + " returns and " + oldValues.length + " old values for " + targets + " targets");
        }
    }
}
