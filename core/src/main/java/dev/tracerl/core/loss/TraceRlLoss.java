package dev.tracerl.core.loss;

/**
 * The TraceRL objective (arXiv 2509.06949): with {@code d_i = newLogProb_i - oldLogProb_i} and
 * {@code e_i = newLogProb_i - referenceLogProb_i}, which is {@code d_i} unless the run keeps close to another policy,
 *
 * <pre>
 *   loss = - sum_i w_i min(r_i A_i, clip(r_i, 1 - epsilon, 1 + epsilon) A_i) + beta sum_i w_i k(e_i),   r_i = exp(d_i)
 * </pre>
 *
 * <p>Inside exponentials {@code d_i} and {@code e_i} are limited to [-10, 10]; beyond the limit their gradient is 0.
 *
 * @param surrogate the clipped policy term
 * @param beta weight of the KL term, at least 0
 * @param estimator estimator {@code k} of the KL divergence
 */
public record TraceRlLoss(ClippedSurrogate surrogate, double beta, KlEstimator estimator) {

    /** Largest absolute log-ratio inside an exponential. */
    public static final double MAX_LOG_RATIO = 10;

    public TraceRlLoss {
        if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("beta is " + beta + ", must be finite and at least 0");
        }
    }

    /** Evaluates loss, gradient and diagnostics. */
    public LossOutputs evaluate(LossInputs inputs) {
        int count = inputs.targets();
        double policy = 0;
        double kl = 0;
        double klSum = 0;
        double clipped = 0;
        double ratioSum = 0;
        double squareSum = 0;
        double[] gradient = new double[count];
        for (int i = 0; i < count; i++) {
            double d = inputs.newLogProbs()[i] - inputs.oldLogProbs()[i];
            double e = inputs.newLogProbs()[i] - inputs.referenceLogProbs()[i];
            double ratio = Math.exp(LogRatio.limit(d));
            double advantage = inputs.advantages()[i];
            double weight = inputs.weights()[i];
            policy -= weight * surrogate.value(d, advantage);
            kl += weight * estimator.value(e);
            klSum += estimator.value(e);
            clipped += surrogate.clipped(d, advantage) ? 1 : 0;
            ratioSum += ratio;
            squareSum += ratio * ratio;
            gradient[i] = weight * (beta * estimator.derivative(e) - surrogate.derivative(d, advantage));
        }
        double n = Math.max(count, 1);
        return new LossOutputs(
                policy + beta * kl, policy, beta * kl, klSum / n, clipped / n, ratioSum / n, squareSum / n, gradient);
    }
}
