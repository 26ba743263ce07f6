package dev.tracerl.core.pack;

/**
 * Random masks.
 *
 * @param copiesPerBlock noisy copies of each block, at least 1
 * @param min smallest probability with which a token is masked, in [0, 1]
 * @param max largest probability, in [min, 1]; each copy draws its own between the two
 */
public record MaskRange(int copiesPerBlock, double min, double max) {

    public MaskRange {
        if (copiesPerBlock < 1) {
            throw new IllegalArgumentException("copiesPerBlock is " + copiesPerBlock + ", must be at least 1");
        }
        if (!(min >= 0 && min <= max && max <= 1)) {
            throw new IllegalArgumentException(
                    "min is " + min + " and max is " + max + ", must satisfy 0 <= min <= max <= 1");
        }
    }

    /**
     * The masks of a probability that each token draws for itself between the two: those of their mean.
     *
     * <p>A token is masked with probability E[p], independently of the others, whatever the distribution of p.
     */
    public MaskRange perToken() {
        double mean = (min + max) / 2;
        return new MaskRange(copiesPerBlock, mean, mean);
    }
}
