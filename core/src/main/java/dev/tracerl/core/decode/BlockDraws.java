package dev.tracerl.core.decode;

/**
 * What one step draws for a block; entries of positions that are not masked mean nothing.
 *
 * @param tokens {@code (blockSize)} drawn tokens
 * @param probability {@code (blockSize)} their probabilities after temperature and filters
 * @param confidence {@code (blockSize)} what the unmasking policy goes by
 * @param entropy {@code (blockSize)} of the distributions after temperature and filters, in nats
 */
record BlockDraws(int[] tokens, double[] probability, double[] confidence, double[] entropy) {

    /** Where a draw happens: the block's number and first position, and the 0-based step. */
    record Place(int block, int start, int step) {}

    /**
     * Draws a token for every masked position.
     *
     * @param rows {@code (blockSize, vocabulary)} scores of the token at each position
     */
    static BlockDraws of(
            double[][] rows, boolean[] masked, Place place, SamplerSettings settings, int maskToken, TokenDraw draw) {
        int size = masked.length;
        BlockDraws draws = new BlockDraws(new int[size], new double[size], new double[size], new double[size]);
        for (int i = 0; i < size; i++) {
            if (masked[i]) {
                int position = place.start() + i;
                TokenDistribution distribution = TokenDistribution.of(rows[i], maskToken, settings);
                int token = draw.draw(distribution, place.block(), place.step(), position);
                double order = draw.order(place.block(), place.step(), position);
                draws.tokens[i] = token;
                draws.probability[i] = distribution.probability(token);
                draws.entropy[i] = distribution.entropy();
                draws.confidence[i] = settings.confidence()
                        .of(
                                settings.confidence().plain()
                                        ? TokenDistribution.plain(rows[i], maskToken)
                                        : distribution,
                                token,
                                order);
            }
        }
        return draws;
    }
}
