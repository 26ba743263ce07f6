package dev.tracerl.core.advantage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps groups that can teach something.
 *
 * @param minSamples fewest rewarded samples; of a smaller group, all
 * @param minMeanReward smallest mean reward
 * @param maxMeanReward largest mean reward
 * @param zeroVariance whether groups whose rewards are all equal are left out
 */
public record GroupFilter(int minSamples, double minMeanReward, double maxMeanReward, boolean zeroVariance) {

    /**
     * Why too few samples have a reward; empty if there are enough.
     *
     * @param rewarded samples with a reward
     * @param samples samples that were asked for
     */
    public Optional<String> tooFew(int rewarded, int samples) {
        int least = Math.min(minSamples, samples);
        return rewarded < least
                ? Optional.of(rewarded + " rewarded samples, at least " + least + " are needed")
                : Optional.empty();
    }

    /**
     * Why the rewards teach nothing; empty if they do.
     *
     * @param rewards {@code (G)} finite, one per rewarded response
     */
    public Optional<String> teachesNothing(double[] rewards) {
        if (!new DifficultyBand(minMeanReward, maxMeanReward).accepts(rewards)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "mean reward %.3g is not in [%.3g, %.3g]",
                    Arrays.stream(rewards).average().orElse(Double.NaN),
                    minMeanReward,
                    maxMeanReward));
        }
        if (zeroVariance && Arrays.stream(rewards).distinct().count() == 1) {
            return Optional.of(String.format(Locale.ROOT, "all rewards are %.3g", rewards[0]));
        }
        return Optional.empty();
    }
}
