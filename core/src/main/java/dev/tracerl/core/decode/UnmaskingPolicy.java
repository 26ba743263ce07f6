package dev.tracerl.core.decode;

/**
 * Which masked positions of a block a denoising step reveals. Only masked positions are ever selected; ties go to the
 * leftmost position.
 */
public sealed interface UnmaskingPolicy {

    /**
     * Chooses positions to reveal.
     *
     * @return {@code (blockSize)} true where the drawn token is kept; a subset of {@link BlockState#masked()}
     */
    boolean[] select(BlockState state);

    /**
     * The policy of a name.
     *
     * @param name {@code STATIC}, {@code SEQUENTIAL}, {@code DYNAMIC}, {@code ENTROPY_BOUNDED} or {@code THRESHOLD}
     * @param threshold of {@code DYNAMIC} and {@code THRESHOLD}
     * @param entropyBound of {@code ENTROPY_BOUNDED}
     * @throws IllegalArgumentException if there is none, or its setting is out of bounds
     */
    static UnmaskingPolicy named(String name, double threshold, double entropyBound) {
        return switch (name) {
            case "STATIC" -> new StaticLowConfidence();
            case "SEQUENTIAL" -> new Sequential();
            case "DYNAMIC" -> new DynamicLowConfidence(threshold);
            case "ENTROPY_BOUNDED" -> new EntropyBounded(entropyBound);
            case "THRESHOLD" -> new ThresholdOrBest(threshold);
            default -> throw new IllegalArgumentException("unmasking " + name + " is not known to this version");
        };
    }

    /** Left to right: the quota's number of positions from the first masked one on. */
    record Sequential() implements UnmaskingPolicy {
        @Override
        public boolean[] select(BlockState state) {
            return Ranking.first(Ranking.leftToRight(state), state.quota(), state);
        }
    }

    /** The quota's number of positions with the highest confidence. */
    record StaticLowConfidence() implements UnmaskingPolicy {
        @Override
        public boolean[] select(BlockState state) {
            return Ranking.first(Ranking.byConfidence(state), state.quota(), state);
        }
    }

    /**
     * Every position whose confidence is above the threshold, and at least the quota's number of the most confident.
     *
     * @param threshold in [0, 1]; confidence must be strictly greater
     */
    record DynamicLowConfidence(double threshold) implements UnmaskingPolicy {
        public DynamicLowConfidence {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("threshold is " + threshold + ", must be in [0, 1]");
            }
        }

        @Override
        public boolean[] select(BlockState state) {
            int above = 0;
            for (int i = 0; i < state.masked().length; i++) {
                above += state.masked()[i] && state.confidence()[i] > threshold ? 1 : 0;
            }
            return Ranking.first(Ranking.byConfidence(state), Math.max(above, state.quota()), state);
        }
    }

    /**
     * Every position whose confidence is at least the threshold or, if there is none, the most confident one. Ignores
     * the quota.
     *
     * @param threshold finite
     */
    record ThresholdOrBest(double threshold) implements UnmaskingPolicy {
        public ThresholdOrBest {
            if (!Double.isFinite(threshold)) {
                throw new IllegalArgumentException("threshold is " + threshold + ", must be finite");
            }
        }

        @Override
        public boolean[] select(BlockState state) {
            int reached = 0;
            for (int i = 0; i < state.masked().length; i++) {
                reached += state.masked()[i] && state.confidence()[i] >= threshold ? 1 : 0;
            }
            return Ranking.first(Ranking.byConfidence(state), Math.max(reached, 1), state);
        }
    }

    /**
     * Positions in order of rising entropy while the sum of their entropies stays below the bound, at least one.
     * Ignores the quota.
     *
     * @param bound in nats, greater than 0
     */
    record EntropyBounded(double bound) implements UnmaskingPolicy {
        public EntropyBounded {
            if (!(bound > 0)) {
                throw new IllegalArgumentException("bound is " + bound + ", must be greater than 0");
            }
        }

        @Override
        public boolean[] select(BlockState state) {
            int[] order = Ranking.byEntropy(state);
            int count = 0;
            double sum = 0;
            for (int position : order) {
                sum += state.entropy()[position];
                if (sum >= bound) {
                    break;
                }
                count++;
            }
            return Ranking.first(order, Math.max(count, 1), state);
        }
    }
}
