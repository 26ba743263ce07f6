package dev.tracerl.core.policy;

/**
 * How far behind the trainer the oldest block of a group may be.
 *
 * @param maxLag largest lag that is trained on, at least 0
 */
public record StalenessRule(int maxLag) {

    public StalenessRule {
        if (maxLag < 0) {
            throw new IllegalArgumentException("maxLag is " + maxLag + ", must be at least 0");
        }
    }

    /**
     * Optimizer steps between the weights that generated the oldest block and the weights being trained.
     *
     * @param trainerVersion version of the weights being trained
     * @param oldestBlockVersion smallest version over all blocks of the group
     * @throws IllegalArgumentException if a version is negative or the block is newer than the trainer
     */
    public static long lag(long trainerVersion, long oldestBlockVersion) {
        if (oldestBlockVersion < 0 || oldestBlockVersion > trainerVersion) {
            throw new IllegalArgumentException("oldestBlockVersion is " + oldestBlockVersion
                    + ", must be in [0, trainerVersion], which is " + trainerVersion);
        }
        return trainerVersion - oldestBlockVersion;
    }

    /** Whether a group may be trained on. */
    public boolean accepts(long trainerVersion, long oldestBlockVersion) {
        return lag(trainerVersion, oldestBlockVersion) <= maxLag;
    }
}
