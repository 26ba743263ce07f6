package dev.tracerl.ops.rescore;

import dev.tracerl.core.advantage.GroupAdvantage;
import dev.tracerl.core.advantage.GroupFilter;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.TruncationRule;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run's group rules make of scores.
 *
 * @param rewards one per sample; none where there is no reward
 * @param filtered why the group is not trained; empty if it is
 * @param advantages {@code (samples)} 0 where nothing is trained
 */
record Decision(List<@Nullable Double> rewards, Optional<String> filtered, double[] advantages) {

    /**
     * Decides.
     *
     * @param scores aligned with the group's samples; none where an answer could not be judged
     */
    static Decision of(LoggedGroup group, List<@Nullable Double> scores, GroupSpec rules) {
        @Nullable Double[] rewards = new @Nullable Double[scores.size()];
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] = reward(scores.get(i), group.samples().get(i).cut(), rules);
        }
        double[] rewarded = Arrays.stream(rewards)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        Optional<String> filtered =
                unjudged(group, scores, rules).or(() -> filtered(rewarded, group.requested(), rules));
        double[] advantages = filtered.isPresent() ? new double[rewarded.length] : advantages(rewarded, rules);
        return new Decision(Arrays.asList(rewards), filtered, spread(advantages, rewards));
    }

    /** A response that hit the length limit is wrong or left out, whatever the verifier found in it. */
    private static @Nullable Double reward(@Nullable Double score, boolean cut, GroupSpec rules) {
        if (cut) {
            return rules.getTruncation() == TruncationRule.EXCLUDE ? null : Double.valueOf(0);
        }
        return score == null && rules.getNonRewards() == NonRewardRule.INCORRECT ? Double.valueOf(0) : score;
    }

    /** Groups in which nothing was judged, or in which one sample was not if the run leaves such groups out. */
    private static Optional<String> unjudged(LoggedGroup group, List<@Nullable Double> scores, GroupSpec rules) {
        int cut = 0;
        int judged = 0;
        int without = 0;
        for (int i = 0; i < scores.size(); i++) {
            if (group.samples().get(i).cut()) {
                cut++;
            } else if (scores.get(i) == null) {
                without++;
            } else {
                judged++;
            }
        }
        if (judged == 0 && !cutsCount(cut, without, rules)) {
            return Optional.of("no sample could be rewarded");
        }
        return rules.getNonRewards() == NonRewardRule.EXCLUDE_GROUP && without > 0
                ? Optional.of(without + " samples are without a score")
                : Optional.empty();
    }

    /** A reward for the length stands for a verdict only where none is wanting. */
    private static boolean cutsCount(int cut, int without, GroupSpec rules) {
        return cut > 0 && without == 0 && rules.getTruncation() != TruncationRule.EXCLUDE;
    }

    private static Optional<String> filtered(double[] rewarded, int requested, GroupSpec rules) {
        GroupFilter filter = new GroupFilter(
                rules.getMinSamples(),
                rules.getMinMeanReward(),
                rules.getMaxMeanReward(),
                rules.getFilterZeroVariance());
        return filter.tooFew(rewarded.length, requested).or(() -> filter.teachesNothing(rewarded));
    }

    private static double[] advantages(double[] rewarded, GroupSpec rules) {
        return GroupAdvantage.valueOf(rules.getAdvantage().name()).advantages(rewarded);
    }

    private static double[] spread(double[] advantages, @Nullable Double[] rewards) {
        double[] spread = new double[rewards.length];
        int next = 0;
        for (int i = 0; i < rewards.length; i++) {
            spread[i] = rewards[i] == null ? 0 : advantages[next++];
        }
        return spread;
    }

    boolean trains() {
        return filtered.isEmpty();
    }
}
