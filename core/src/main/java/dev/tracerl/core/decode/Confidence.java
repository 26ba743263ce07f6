package dev.tracerl.core.decode;

/**
 * What an unmasking policy takes for the sampler's confidence in a drawn token.
 *
 * @param rule the measure
 * @param plain whether it is taken of {@code softmax(logits)} (published for LLaDA) instead of the distribution after
 *     temperature and filters (published for block models and Dream); the mask token has probability 0 in both
 */
public record Confidence(Rule rule, boolean plain) {

    /** Probability of the drawn token after temperature and filters. */
    public static final Confidence DEFAULT = new Confidence(Rule.PROBABILITY, false);

    /** The measure. */
    public enum Rule {
        /** Probability of the drawn token. */
        PROBABILITY(1),
        /** Probability of the most probable token less that of the second. */
        MARGIN(1),
        /**
         * Sum of {@code p ln p}, at most 0. Flat distributions rank last: the published LLaDA sampler has the opposite
         * sign, which contradicts its name, and is not followed.
         */
        NEGATIVE_ENTROPY(0),
        /** A uniform random number that has nothing to do with the token: {@link CounterRandom#order}. */
        RANDOM(1);

        private final double highest;

        Rule(double highest) {
            this.highest = highest;
        }

        /** No confidence is greater. */
        public double highest() {
            return highest;
        }
    }

    /** The confidence in {@code token}; {@code order} is what {@link Rule#RANDOM} gives. */
    double of(TokenDistribution distribution, int token, double order) {
        return switch (rule) {
            case PROBABILITY -> distribution.probability(token);
            case MARGIN -> distribution.margin();
            case NEGATIVE_ENTROPY -> -distribution.entropy();
            case RANDOM -> order;
        };
    }
}
