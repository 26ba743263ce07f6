package dev.tracerl.reward.grouping;

import dev.tracerl.core.advantage.DifficultyBand;
import dev.tracerl.core.advantage.GroupAdvantage;
import dev.tracerl.schemas.avro.AdvantageKind;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.SampleOutcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides how a closed group ends. */
record GroupRules(GroupSpec spec) {

    Ending end(ClosedGroup group) {
        if (group.isEmpty()) {
            return over(group, Outcome.EXPIRED, "no trajectory arrived within " + spec.getTimeoutMillis() + " ms");
        }
        if (!group.isJudged()) {
            return over(group, Outcome.DEAD, "no sample could be rewarded");
        }
        if (group.request().getPurpose() == Purpose.EVALUATION) {
            return over(group, Outcome.ACCEPTED, null);
        }
        Optional<SampleOutcome> unjudged = group.unjudged();
        return spec.getNonRewards() == NonRewardRule.EXCLUDE_GROUP && unjudged.isPresent()
                ? over(group, Outcome.FILTERED, describe(unjudged.get()))
                : train(group);
    }

    private static String describe(SampleOutcome sample) {
        String found = sample.getStatus().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String reason = sample.getReason() == null ? "" : ": " + sample.getReason();
        return "sample " + sample.getSample() + " is without a score, " + found + reason;
    }

    private Ending train(ClosedGroup group) {
        double[] rewards = group.rewards();
        int least = Math.min(spec.getMinSamples(), group.request().getSamples());
        if (rewards.length < least) {
            Outcome outcome = group.timedOut() ? Outcome.EXPIRED : Outcome.FILTERED;
            return over(group, outcome, rewards.length + " rewarded samples, at least " + least + " are needed");
        }
        if (!new DifficultyBand(spec.getMinMeanReward(), spec.getMaxMeanReward()).accepts(rewards)) {
            return over(group, Outcome.FILTERED, outsideBand(rewards));
        }
        if (spec.getFilterZeroVariance() && Arrays.stream(rewards).distinct().count() == 1) {
            return over(group, Outcome.FILTERED, String.format(Locale.ROOT, "all rewards are %.3g", rewards[0]));
        }
        double[] advantages = advantage(spec.getAdvantage()).advantages(rewards);
        return new Ending.Ready(ClosedGroupRecords.trainingGroup(group, advantages));
    }

    private String outsideBand(double[] rewards) {
        return String.format(
                Locale.ROOT,
                "mean reward %.3g is not in [%.3g, %.3g]",
                Arrays.stream(rewards).average().orElse(Double.NaN),
                spec.getMinMeanReward(),
                spec.getMaxMeanReward());
    }

    private static GroupAdvantage advantage(AdvantageKind kind) {
        return switch (kind) {
            case Z_SCORE -> GroupAdvantage.Z_SCORE;
            case LEAVE_ONE_OUT -> GroupAdvantage.LEAVE_ONE_OUT;
            case MEAN_ONLY -> GroupAdvantage.MEAN_ONLY;
        };
    }

    private static Ending over(ClosedGroup group, Outcome outcome, @Nullable String reason) {
        return new Ending.Over(ClosedGroupRecords.outcome(group, outcome, reason));
    }
}
