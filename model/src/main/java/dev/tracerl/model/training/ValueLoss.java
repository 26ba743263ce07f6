package dev.tracerl.model.training;

/**
 * Diagnostics of one micro-batch of the value model. Losses are weighted and scaled sums and add up over micro-batches.
 *
 * @param loss the clipped value loss
 * @param clipFraction share of targets that no longer move their value, unweighted; 0 without targets
 * @param targets number of targets
 */
public record ValueLoss(double loss, double clipFraction, int targets) {

    /** No micro-batch. */
    public static ValueLoss none() {
        return new ValueLoss(0, 0, 0);
    }

    /** Both micro-batches together. */
    public ValueLoss plus(ValueLoss other) {
        double all = Math.max(1, targets + other.targets);
        return new ValueLoss(
                loss + other.loss,
                (clipFraction * targets + other.clipFraction * other.targets) / all,
                targets + other.targets);
    }
}
