package dev.tracerl.reward.grouping;

import dev.tracerl.reward.judging.Rewards;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.state.JudgedSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A group that takes no more samples.
 *
 * @param settled the samples that are settled, in order of their index
 * @param unreadable trajectories that could not be decoded
 * @param timedOut whether it was closed before it was complete
 * @param at when it was closed
 */
record ClosedGroup(RolloutRequest request, List<JudgedSample> settled, int unreadable, boolean timedOut, Instant at) {

    private static final Set<SampleResult> WITHOUT_SCORE =
            EnumSet.of(SampleResult.UNVERIFIABLE, SampleResult.TIMED_OUT, SampleResult.FAILED);

    ClosedGroup {
        settled = settled.stream()
                .sorted(Comparator.comparingInt(sample -> sample.getOutcome().getSample()))
                .toList();
    }

    /** The samples with a reward. */
    List<JudgedSample> rewarded() {
        return settled.stream()
                .filter(sample -> sample.getOutcome().getReward() != null)
                .toList();
    }

    /**
     * Whether any sample has a reward of its own, not only one for want of a verdict. One for its length is enough only if no
     * verdict is wanting: otherwise a few long responses would hide that nothing can be judged.
     */
    boolean isJudged() {
        List<SampleOutcome> outcomes =
                settled.stream().map(JudgedSample::getOutcome).toList();
        boolean rewarded = outcomes.stream().anyMatch(sample -> sample.getStatus() == SampleResult.REWARDED);
        return outcomes.stream().anyMatch(Rewards::isOwn)
                || (rewarded && unjudged().isEmpty());
    }

    /** The first sample whose verdict has no score. */
    Optional<SampleOutcome> unjudged() {
        return settled.stream()
                .map(JudgedSample::getOutcome)
                .filter(sample -> WITHOUT_SCORE.contains(sample.getStatus()))
                .findFirst();
    }

    /** {@code (rewarded)} their rewards. */
    double[] rewards() {
        return rewarded().stream()
                .mapToDouble(
                        sample -> Objects.requireNonNull(sample.getOutcome().getReward()))
                .toArray();
    }

    /** One entry per requested sample. The unreadable ones are taken to be the first of those that are missing. */
    List<SampleOutcome> outcomes() {
        TreeMap<Integer, SampleOutcome> known = settled.stream()
                .map(JudgedSample::getOutcome)
                .collect(Collectors.toMap(SampleOutcome::getSample, Function.identity(), (a, b) -> a, TreeMap::new));
        List<SampleOutcome> outcomes = new ArrayList<>();
        int unread = unreadable;
        for (int sample = 0; sample < request.getSamples(); sample++) {
            SampleOutcome outcome = known.get(sample);
            if (outcome == null) {
                outcome = unread-- > 0
                        ? new SampleOutcome(sample, SampleResult.MALFORMED, null, "a trajectory could not be decoded")
                        : new SampleOutcome(sample, SampleResult.MISSING, null, "no trajectory arrived in time");
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /** Whether nothing arrived at all. */
    boolean isEmpty() {
        return settled.isEmpty() && unreadable == 0;
    }

    /** Oldest policy version among the given samples; null if none is known. */
    static @Nullable Long oldestVersion(List<JudgedSample> samples) {
        return samples.stream()
                .map(JudgedSample::getOldestVersion)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
