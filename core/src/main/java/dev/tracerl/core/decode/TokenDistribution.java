package dev.tracerl.core.decode;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Distribution of one token after temperature and filters. */
final class TokenDistribution {

    private final double[] probabilities; // (vocabulary), sums to 1, mask token 0
    private final boolean greedy;

    private TokenDistribution(double[] probabilities, boolean greedy) {
        this.probabilities = probabilities;
        this.greedy = greedy;
    }

    /** Filters {@code logits} as {@link SamplerSettings} says; the mask token gets probability 0. */
    static TokenDistribution of(double[] logits, int maskToken, SamplerSettings settings) {
        double temperature = settings.greedy() ? 1 : settings.temperature();
        double[] scaled = new double[logits.length];
        for (int v = 0; v < logits.length; v++) {
            scaled[v] = v == maskToken ? Double.NEGATIVE_INFINITY : logits[v] / temperature;
        }
        if (settings.filtered() && settings.topK() > 0) {
            keepTopK(scaled, settings.topK());
        }
        double[] probabilities = softmax(scaled);
        if (settings.filtered() && settings.topP() < 1) {
            keepTopP(probabilities, settings.topP());
        }
        return new TokenDistribution(probabilities, settings.greedy());
    }

    /** {@code softmax(logits)} without temperature and filters; the mask token gets probability 0. */
    static TokenDistribution plain(double[] logits, int maskToken) {
        double[] scores = logits.clone();
        scores[maskToken] = Double.NEGATIVE_INFINITY;
        return new TokenDistribution(softmax(scores), false);
    }

    /** The token at quantile {@code uniform} in order of token id, or the most probable one if greedy. */
    int draw(double uniform) {
        if (greedy) {
            return mode();
        }
        double cumulative = 0;
        int last = 0;
        for (int v = 0; v < probabilities.length; v++) {
            if (probabilities[v] > 0) {
                cumulative += probabilities[v];
                last = v;
                if (cumulative > uniform) {
                    return v;
                }
            }
        }
        return last; // rounding left the sum just below the uniform
    }

    /** The most probable token, the smallest id among equals. */
    int mode() {
        int best = 0;
        for (int v = 1; v < probabilities.length; v++) {
            best = probabilities[v] > probabilities[best] ? v : best;
        }
        return best;
    }

    double probability(int token) {
        return probabilities[token];
    }

    /** The largest probability less the second largest. */
    double margin() {
        int best = mode();
        double second = 0;
        for (int v = 0; v < probabilities.length; v++) {
            second = v == best ? second : Math.max(second, probabilities[v]);
        }
        return probabilities[best] - second;
    }

    /** In nats. */
    double entropy() {
        double sum = 0;
        for (double p : probabilities) {
            sum -= p > 0 ? p * Math.log(p) : 0;
        }
        return sum;
    }

    private static void keepTopK(double[] scores, int k) {
        int[] order = descending(scores);
        for (int rank = k; rank < order.length; rank++) {
            scores[order[rank]] = Double.NEGATIVE_INFINITY;
        }
    }

    /** Keeps the shortest run of most probable tokens that reaches mass {@code topP}, and renormalizes. */
    private static void keepTopP(double[] probabilities, double topP) {
        double mass = 0;
        for (int token : descending(probabilities)) {
            if (mass >= topP) {
                probabilities[token] = 0;
            }
            mass += probabilities[token];
        }
        for (int v = 0; v < probabilities.length; v++) {
            probabilities[v] /= mass;
        }
    }

    private static int[] descending(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(v -> -scores[v]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] softmax(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        double[] result = new double[scores.length];
        double sum = 0;
        for (int v = 0; v < scores.length; v++) {
            result[v] = Math.exp(scores[v] - max);
            sum += result[v];
        }
        for (int v = 0; v < scores.length; v++) {
            result[v] /= sum;
        }
        return result;
    }
}
