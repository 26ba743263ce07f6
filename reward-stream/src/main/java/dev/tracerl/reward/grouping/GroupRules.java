package dev.tracerl.reward.grouping;

import dev.tracerl.core.advantage.GroupAdvantage;
import dev.tracerl.core.advantage.GroupFilter;
import dev.tracerl.schemas.avro.AdvantageKind;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.SampleOutcome;
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
        GroupFilter filter = new GroupFilter(
                spec.getMinSamples(), spec.getMinMeanReward(), spec.getMaxMeanReward(), spec.getFilterZeroVariance());
        Optional<String> tooFew = filter.tooFew(rewards.length, group.request().getSamples());
        if (tooFew.isPresent()) {
            return over(group, group.timedOut() ? Outcome.EXPIRED : Outcome.FILTERED, tooFew.get());
        }
        Optional<String> useless = filter.teachesNothing(rewards);
        if (useless.isPresent()) {
            return over(group, Outcome.FILTERED, useless.get());
        }
        double[] advantages = advantage(spec.getAdvantage()).advantages(rewards);
        return new Ending.Ready(ClosedGroupRecords.trainingGroup(group, advantages));
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
