package dev.tracerl.model.training;

import dev.tracerl.core.loss.KlEstimator;

/**
 * What is minimized: a sum over targets, each with its own weight, times {@code scale}.
 *
 * @param clip half-width of the interval in which the ratio moves freely
 * @param klBeta weight of the KL term
 * @param temperature the scores are divided by it before the softmax, as when sampling; positive
 * @param scale factor of the whole loss, for example one over the number of responses in the step
 */
public record LossSettings(
        Kind kind, double clip, double klBeta, KlEstimator klEstimator, double temperature, double scale) {

    /** The form of the loss. */
    public enum Kind {
        /** Clipped surrogate with a KL term, see {@link dev.tracerl.core.loss.TraceRlLoss}. */
        CLIPPED,
        /** Minus the log-probability of the label; advantages and old log-probabilities are ignored. */
        CROSS_ENTROPY
    }

    public LossSettings {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", must be finite and positive");
        }
        if (!(clip > 0 && clip < 1) || !(klBeta >= 0)) {
            throw new IllegalArgumentException(
                    "clip is " + clip + " and klBeta " + klBeta + ", must be in (0, 1) and at least 0");
        }
    }

    /** Cross-entropy at temperature 1. */
    public static LossSettings crossEntropy(double scale) {
        return new LossSettings(Kind.CROSS_ENTROPY, 0.2, 0, KlEstimator.K3, 1, scale);
    }

    /** The same at another temperature. */
    public LossSettings withTemperature(double other) {
        return new LossSettings(kind, clip, klBeta, klEstimator, other, scale);
    }

    /** The same with another factor. */
    public LossSettings withScale(double other) {
        return new LossSettings(kind, clip, klBeta, klEstimator, temperature, other);
    }
}
