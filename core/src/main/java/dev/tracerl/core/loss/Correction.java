package dev.tracerl.core.loss;

/**
 * What makes up for the difference between the policy {@code mu} that sampled and the policy {@code pi_prox} at the start
 * of a training step. The clipped objective takes {@code pi_prox} as denominator, and each token's term is multiplied by
 * a weight of {@code w = pi_prox / mu}. The weight is not negative and does not depend on the policy being trained, so it
 * may multiply the advantage instead: {@code min(r w A, clip(r) w A) = w min(r A, clip(r) A)}.
 *
 * @param kind which weight
 * @param low lowest ratio that {@link Kind#ICEPOP} keeps, at least 0
 * @param high largest weight of {@link Kind#TIS}; largest ratio that {@link Kind#ICEPOP} and {@link Kind#DECOUPLED} keep;
 *     above {@code low}
 */
public record Correction(Kind kind, double low, double high) {

    /** No weight: the ratio is clipped against the denominator that is given, whichever it is. */
    public static final Correction CLIP = new Correction(Kind.CLIP, 0, Double.POSITIVE_INFINITY);

    /** Corrections by the weight {@code f(w)}. */
    public enum Kind {
        /** 1. */
        CLIP,
        /** {@code min(w, high)}: truncated importance sampling (Yao et al. 2025). */
        TIS,
        /** {@code w} within {@code [low, high]}, otherwise 0 (IcePop, Ling Team 2025). */
        ICEPOP,
        /** {@code w} up to {@code high}, otherwise 0: decoupled PPO (Hilton et al. 2022; AReaL, arXiv 2505.24298). */
        DECOUPLED
    }

    public Correction {
        if (!(low >= 0 && high > low)) {
            throw new IllegalArgumentException(
                    "the bounds are [" + low + ", " + high + "]: low must be at least 0, high above low");
        }
    }

    /**
     * The weight of a token.
     *
     * @param proximal its log-probability under the policy at the start of the step
     * @param behavior its log-probability under the policy that sampled it, in the same context
     * @return not negative; 0 if the ratio is not a number
     */
    public double weight(double proximal, double behavior) {
        double ratio = Math.exp(proximal - behavior);
        return switch (kind) {
            case CLIP -> 1;
            case TIS -> Double.isNaN(ratio) ? 0 : Math.min(ratio, high);
            case ICEPOP -> ratio >= low && ratio <= high ? ratio : 0;
            case DECOUPLED -> ratio <= high ? ratio : 0;
        };
    }
}
