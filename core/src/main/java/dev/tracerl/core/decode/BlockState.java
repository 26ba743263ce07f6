package dev.tracerl.core.decode;

/**
 * What an unmasking policy sees of a block. The arrays are shared and must not be written.
 *
 * @param masked {@code (blockSize)} whether the position is still masked
 * @param confidence {@code (blockSize)} as {@link Confidence} says; ignored where not masked
 * @param entropy {@code (blockSize)} entropy in nats of the filtered distribution; ignored where not masked
 * @param quota tokens that the schedule asks for in this step, at least 0
 */
public record BlockState(boolean[] masked, double[] confidence, double[] entropy, int quota) {

    public BlockState {
        if (confidence.length != masked.length || entropy.length != masked.length) {
            throw new IllegalArgumentException("lengths differ: masked " + masked.length + ", confidence "
                    + confidence.length + ", entropy " + entropy.length);
        }
        if (quota < 0) {
            throw new IllegalArgumentException("quota is " + quota + ", must be at least 0");
        }
    }

    /** Number of positions still masked. */
    public int maskedCount() {
        int count = 0;
        for (boolean value : masked) {
            count += value ? 1 : 0;
        }
        return count;
    }
}
