package dev.tracerl.ops.rescore;

import dev.tracerl.schemas.avro.VerdictOutcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What another judgment would have changed.
 *
 * @param runId the run
 * @param topic where the new verdicts are
 * @param verifiers version of each verifier that judged
 * @param changes parameters and group rules that differ from the run's
 * @param inFlight groups of the range that have not ended, which were left out
 * @param trajectories judged trajectories
 * @param verdicts changed verdicts by what they were and became, as in {@code INCORRECT -> PARTIAL}
 * @param groups judged groups
 * @param reward mean reward of the rewarded samples
 * @param rewardsChanged samples whose reward changed
 * @param advantagesChanged samples whose advantage changed; one of a group that is not trained counts as 0
 * @param largestAdvantageChange by how much at most
 * @param largest the samples that changed most, largest change of the reward first
 * @param findings what on the log contradicts itself
 */
public record RescoreReport(
        String runId,
        String topic,
        Map<String, String> verifiers,
        List<String> changes,
        int inFlight,
        int trajectories,
        Map<String, Long> verdicts,
        Groups groups,
        Means reward,
        int rewardsChanged,
        int advantagesChanged,
        double largestAdvantageChange,
        List<SampleChange> largest,
        List<String> findings) {

    /**
     * Groups by whether they passed the filters.
     *
     * @param trainedBoth before and now
     * @param filteredBoth filtered before, and not trained now
     * @param nowFiltered before, not any more
     * @param nowTrained now, filtered before
     * @param expired those whose time was over before they had enough rewards
     * @param dead those of which nothing could be rewarded
     */
    public record Groups(
            int trainedBoth, int filteredBoth, int nowFiltered, int nowTrained, Ended expired, Ended dead) {

        /** All of them. */
        public int total() {
            return trainedBoth + filteredBoth + nowFiltered + nowTrained + expired.total() + dead.total();
        }

        /** Those that would be trained now, or would not any more. */
        int changed() {
            return nowFiltered + nowTrained + expired.nowTrained() + dead.nowTrained();
        }
    }

    /** Groups that ended in one way, by whether they pass the filters now. */
    public record Ended(int nowTrained, int notTrained) {

        static final Ended NONE = new Ended(0, 0);

        static Ended one(boolean trained) {
            return trained ? new Ended(1, 0) : new Ended(0, 1);
        }

        Ended plus(Ended other) {
            return new Ended(nowTrained + other.nowTrained, notTrained + other.notTrained);
        }

        int total() {
            return nowTrained + notTrained;
        }
    }

    /** Before and after; none if there is nothing to take the mean of. */
    public record Means(@Nullable Double before, @Nullable Double after) {}

    /** A sample before and after; rewards are absent where there is none. */
    public record SampleChange(
            String trajectoryId,
            VerdictOutcome outcomeBefore,
            VerdictOutcome outcomeAfter,
            @Nullable Double rewardBefore,
            @Nullable Double rewardAfter,
            double advantageBefore,
            double advantageAfter) {

        double rewardChange() {
            double before = rewardBefore == null ? 0 : rewardBefore;
            double after = rewardAfter == null ? 0 : rewardAfter;
            return Math.abs(after - before);
        }

        double advantageChange() {
            return Math.abs(advantageAfter - advantageBefore);
        }
    }

    /** Whether everything would have been as it was. */
    public boolean isUnchanged() {
        return verdicts.isEmpty() && groups.changed() + rewardsChanged + advantagesChanged == 0;
    }
}
