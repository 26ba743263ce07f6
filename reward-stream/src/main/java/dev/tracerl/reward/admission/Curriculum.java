package dev.tracerl.reward.admission;

import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.schemas.avro.CurriculumSpec;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.state.TaskReward;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks whose running mean reward is outside of the run's band:
 *
 * <pre>
 *   mean = newest * (mean reward of the group's REWARDED samples) + (1 - newest) * mean, from the first group's on
 *   outside: mean &lt; minMeanReward or mean &gt; maxMeanReward
 *   draw d of a set explores, which is to ignore the band, if u(d) &lt; explore
 * </pre>
 *
 * <p>{@code u(d)} is a counter-based uniform of the run's seed, the set and the number of the draw, so that the same
 * outcomes lead to the same draws, also after a restart. There is an entry on disk for each task, and none in memory.
 */
final class Curriculum {

    private static final String STREAM = "curriculum:";

    private final long seed;
    private final int minSamples;
    private final @Nullable CurriculumSpec spec;
    private final AdmissionParts parts;

    Curriculum(RunSpec run, AdmissionParts parts) {
        this.seed = run.getSeed();
        this.minSamples = run.getGroups().getMinSamples();
        this.spec = run.getGroups().getCurriculum();
        this.parts = parts;
    }

    /** Whether the run has one. */
    boolean isOn() {
        return spec != null;
    }

    /** Whether a task is known to be outside of the band. */
    boolean isOutside(String taskId) {
        CurriculumSpec band = spec;
        return band != null
                && parts.books()
                        .rewards()
                        .find(taskId)
                        .filter(reward -> reward.getMean() < band.getMinMeanReward()
                                || reward.getMean() > band.getMaxMeanReward())
                        .isPresent();
    }

    /** Whether a draw ignores the band. */
    boolean explores(String set, long draw) {
        int block = (int) (draw >>> Integer.SIZE);
        return spec != null
                && new CounterRandom(seed, STREAM + set, 0).uniform(block, 0, (int) draw) < spec.getExplore();
    }

    /** Tasks were passed over. */
    void passedOver(String set, int tasks) {
        parts.metrics().tasksPassedOver(set, tasks);
    }

    /**
     * Counts a training group that ended. One that is dead or has too few rewarded samples says nothing about its task, and
     * neither does a reward that stands for a verdict that was not found.
     */
    void count(String taskId, GroupOutcome outcome) {
        double[] rewards = outcome.getSamples().stream()
                .filter(sample -> sample.getStatus() == SampleResult.REWARDED)
                .map(SampleOutcome::getReward)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        int least = Math.max(1, Math.min(minSamples, outcome.getSamples().size()));
        if (spec == null || outcome.getOutcome() == Outcome.DEAD || rewards.length < least) {
            return;
        }
        double share = spec.getNewest();
        double newest = Arrays.stream(rewards).average().orElseThrow();
        TaskReward next = parts.books()
                .rewards()
                .find(taskId)
                .map(reward -> new TaskReward(share * newest + (1 - share) * reward.getMean(), reward.getGroups() + 1))
                .orElseGet(() -> new TaskReward(newest, 1L));
        parts.books().rewards().put(taskId, next);
    }
}
