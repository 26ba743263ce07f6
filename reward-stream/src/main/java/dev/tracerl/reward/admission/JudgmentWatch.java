package dev.tracerl.reward.admission;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.state.AdmissionState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notices that training groups cannot be judged, for want of workers for example, so that they are not requested again
 * and again. After {@link #limit()} groups in a row of which no response could be judged, a run in which none ever could
 * fails; any other one waits: one group at a time is requested, until one can be judged.
 *
 * <p>Groups of which nothing arrived do not count, nor do evaluations.
 */
final class JudgmentWatch {

    private static final int LEAST = 16;
    private static final int ROUNDS = 3;
    private static final Set<SampleResult> JUDGED = EnumSet.of(SampleResult.REWARDED, SampleResult.TRUNCATED);

    private final long limit;

    JudgmentWatch(RunSpec run) {
        long outstanding = (Training.maxLag(run) + 1L) * run.getGroups().getGroupsPerStep();
        this.limit = Math.max(LEAST, ROUNDS * outstanding);
    }

    /** Groups in a row, three times as many as may run at one time and at least 16. */
    long limit() {
        return limit;
    }

    /**
     * Counts a training group.
     *
     * @return why the run cannot go on; empty if it can
     */
    Optional<String> count(AdmissionState state, GroupOutcome outcome) {
        List<SampleOutcome> samples = outcome.getSamples();
        if (samples.stream().anyMatch(sample -> JUDGED.contains(sample.getStatus()))) {
            state.setJudged(true);
            state.setUnjudgedGroups(0);
            return Optional.empty();
        }
        Optional<SampleOutcome> unjudged = samples.stream()
                .filter(sample -> sample.getStatus() != SampleResult.MISSING)
                .findFirst();
        if (unjudged.isPresent()) {
            state.setUnjudgedGroups(state.getUnjudgedGroups() + 1);
        }
        return unjudged.filter(sample -> isReached(state) && !isProven(state)).map(sample -> reason(outcome, sample));
    }

    /** Whether one group at a time is requested. */
    boolean isHeld(AdmissionState state) {
        return isReached(state) && isProven(state);
    }

    /** Older versions did not note that a group was judged, but counted those that were trained. */
    private static boolean isProven(AdmissionState state) {
        return state.getJudged() || state.getAccepted() > 0;
    }

    private boolean isReached(AdmissionState state) {
        return state.getUnjudgedGroups() >= limit;
    }

    private String reason(GroupOutcome outcome, SampleOutcome sample) {
        String advice = sample.getStatus() == SampleResult.TIMED_OUT
                ? "; are there workers for this run? They are reward-stream's in the role verifier, tracerl up --verifiers N"
                : "";
        return "nothing in the first %d groups could be judged. Sample %d of %s: %s, %s%s"
                .formatted(
                        limit,
                        sample.getSample(),
                        outcome.getGroupId(),
                        sample.getStatus(),
                        sample.getReason(),
                        advice);
    }
}
