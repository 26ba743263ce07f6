package dev.tracerl.core.value;

import java.util.Arrays;

/**
 * Returns and generalized advantages over denoising steps (arXiv 2509.06949). Step {@code t}, in ascending order, revealed
 * the tokens {@code T_t}; with {@code r*_t} and {@code V*_t} the means of rewards and values over {@code T_t}, and 0 for
 * both beyond the last step,
 *
 * <pre>
 *   R*_t = r*_t + gamma R*_(t+1)                          R_j = r_j + gamma R*_(t+1)
 *   d*_t = r*_t - V*_t + gamma V*_(t+1)
 *   A*_t = d*_t + gamma lambda A*_(t+1)                   A_j = r_j - V_j + gamma V*_(t+1) + gamma lambda A*_(t+1)
 * </pre>
 *
 * @param discount gamma: weight of what comes one step later, in [0, 1]
 * @param lambda 1: advantages are returns minus values; 0: they look one step ahead; in [0, 1]
 */
public record StepAdvantage(double discount, double lambda) {

    public StepAdvantage {
        requireUnit("discount", discount);
        requireUnit("lambda", lambda);
    }

    /** Estimates of one response. */
    public StepEstimates estimate(StepTrace trace) {
        int count = trace.tokens();
        int[] distinct = Arrays.stream(trace.steps()).sorted().distinct().toArray();
        double[] returns = new double[count];
        double[] advantages = new double[count];
        double nextReturn = 0;
        double nextValue = 0;
        double nextAdvantage = 0;
        for (int t = distinct.length - 1; t >= 0; t--) {
            for (int j = 0; j < count; j++) {
                if (trace.steps()[j] == distinct[t]) {
                    double reward = trace.rewards()[j];
                    returns[j] = reward + discount * nextReturn;
                    advantages[j] =
                            reward - trace.values()[j] + discount * nextValue + discount * lambda * nextAdvantage;
                }
            }
            double reward = trace.mean(trace.rewards(), distinct[t]);
            double value = trace.mean(trace.values(), distinct[t]);
            nextAdvantage = reward - value + discount * nextValue + discount * lambda * nextAdvantage;
            nextReturn = reward + discount * nextReturn;
            nextValue = value;
        }
        return new StepEstimates(returns, advantages);
    }

    private static void requireUnit(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1]");
        }
    }
}
