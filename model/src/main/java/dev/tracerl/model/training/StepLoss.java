package dev.tracerl.model.training;

/**
 * Diagnostics of one micro-batch. Losses are weighted and scaled sums and add up over micro-batches; means are over
 * targets, unweighted, and 0 without targets or with cross-entropy.
 *
 * @param loss {@code policyLoss + klLoss}
 * @param policyLoss the surrogate term, or the cross-entropy
 * @param klLoss the KL term
 * @param meanKl mean of the KL estimates
 * @param clipFraction share of targets whose clipped term is active
 * @param ratioMean mean of the probability ratios
 * @param ratioSquareMean mean of their squares
 * @param targets number of targets
 */
public record StepLoss(
        double loss,
        double policyLoss,
        double klLoss,
        double meanKl,
        double clipFraction,
        double ratioMean,
        double ratioSquareMean,
        int targets) {

    /** A step without micro-batches. */
    public static StepLoss none() {
        return new StepLoss(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Both micro-batches together. */
    public StepLoss plus(StepLoss other) {
        double all = Math.max(1, targets + other.targets);
        double mine = targets / all;
        double theirs = other.targets / all;
        return new StepLoss(
                loss + other.loss,
                policyLoss + other.policyLoss,
                klLoss + other.klLoss,
                meanKl * mine + other.meanKl * theirs,
                clipFraction * mine + other.clipFraction * theirs,
                ratioMean * mine + other.ratioMean * theirs,
                ratioSquareMean * mine + other.ratioSquareMean * theirs,
                targets + other.targets);
    }

    /** Share of the targets that carry the importance weights: {@code (mean r)^2 / mean r^2}; 1 if all ratios agree. */
    public double effectiveSampleShare() {
        return ratioSquareMean == 0 ? 1 : ratioMean * ratioMean / ratioSquareMean;
    }
}
