package dev.tracerl.reward.admission;

import dev.tracerl.reward.judging.Rewards;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.state.AdmissionState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notices that training groups cannot be judged, for want of workers for example, so that they are not requested again
 * and again. After {@link #limit()} groups in a row of which no response could be judged the run is held: one group at a
 * time is requested, after a pause that doubles up to a minute, until one can be judged. Workers and endpoints come back, so
 * that this never ends a run. Tasks that no verifier can judge do not get better: a run fails of which nothing could ever be
 * judged and the last {@link #limit()} groups were unverifiable.
 *
 * <p>Responses that did not arrive or were cut at the length limit say nothing about it, nor do evaluations.
 */
final class JudgmentWatch {

    /** The longest pause between two groups of a run that is held. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final int LEAST = 16;
    private static final int ROUNDS = 3;
    private static final int MOST_DOUBLINGS = 6;
    private static final Set<SampleResult> SILENT =
            EnumSet.of(SampleResult.MISSING, SampleResult.TRUNCATED, SampleResult.REWARDED);

    private final long limit;
    private final InstantSource clock;

    JudgmentWatch(RunSpec run, InstantSource clock) {
        long outstanding = (Training.maxLag(run) + 1L) * run.getGroups().getGroupsPerStep();
        this.limit = Math.max(LEAST, ROUNDS * outstanding);
        this.clock = clock;
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
        List<SampleOutcome> unjudged = samples.stream()
                .filter(sample -> !SILENT.contains(sample.getStatus()))
                .toList();
        if (samples.stream().anyMatch(Rewards::isOwn)) {
            judged(state);
            return Optional.empty();
        } else if (unjudged.isEmpty()) {
            return Optional.empty();
        }
        unjudged(state, outcome, unjudged);
        return state.getUnverifiableGroups() >= limit && !isProven(state)
                ? Optional.of("no response has been judged so far, and the tasks of the last %d groups cannot be. %s"
                        .formatted(limit, reason(outcome, unjudged)))
                : Optional.empty();
    }

    /** Whether one group at a time is requested, with pauses. */
    boolean isHeld(AdmissionState state) {
        return state.getUnjudgedGroups() >= limit;
    }

    /** How many of the groups that the law allows may be requested now. */
    long allowed(AdmissionState state, long free, long running) {
        if (!isHeld(state)) {
            return free;
        }
        boolean pauses = state.getRetryAt() != null && clock.instant().isBefore(state.getRetryAt());
        return pauses || running > 0 ? 0 : Math.min(free, 1);
    }

    private static void judged(AdmissionState state) {
        state.setJudged(true);
        state.setUnjudgedGroups(0);
        state.setUnverifiableGroups(0);
        state.setUnjudgedReason(null);
        state.setRetryAt(null);
    }

    private void unjudged(AdmissionState state, GroupOutcome outcome, List<SampleOutcome> unjudged) {
        boolean unverifiable = unjudged.stream().allMatch(sample -> sample.getStatus() == SampleResult.UNVERIFIABLE);
        state.setUnverifiableGroups(unverifiable ? state.getUnverifiableGroups() + 1 : 0);
        state.setUnjudgedGroups(state.getUnjudgedGroups() + 1);
        if (isHeld(state)) {
            long doublings = Math.min(MOST_DOUBLINGS, state.getUnjudgedGroups() - limit);
            Duration pause = Duration.ofSeconds(1L << doublings);
            state.setRetryAt(clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
            if (state.getUnjudgedReason() == null) {
                state.setUnjudgedReason(reason(outcome, unjudged));
            }
        }
    }

    /** Older versions did not note that a group was judged, but counted those that were trained. */
    private static boolean isProven(AdmissionState state) {
        return state.getJudged() || state.getAccepted() > 0;
    }

    private static String reason(GroupOutcome outcome, List<SampleOutcome> unjudged) {
        SampleOutcome sample = unjudged.get(0);
        String advice = sample.getStatus() == SampleResult.TIMED_OUT
                ? "; are there workers for this run? They are reward-stream's in the role verifier, tracerl up --verifiers N"
                : "";
        return "Sample %d of %s: %s, %s%s"
                .formatted(sample.getSample(), outcome.getGroupId(), sample.getStatus(), sample.getReason(), advice);
    }
}
