package dev.tracerl.ops.follow;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import java.util.EnumMap;
import java.util.Map;

/**
 * Sums over a run. Outcomes count training only, times count evaluation, too. The times of responses and judgments that were
 * not read are those of the others on average.
 */
public final class Totals {

    private final Map<Outcome, Long> trajectories = new EnumMap<>(Outcome.class);
    private final Timed sampling = new Timed();
    private final Timed verification = new Timed();
    private long trainMillis;
    private long waitMillis;
    private long trainedTokens;
    private long maxLag;

    void add(GroupOutcome outcome) {
        if (outcome.getPurpose() == Purpose.TRAINING) {
            trajectories.merge(outcome.getOutcome(), (long) outcome.getSamples().size(), Long::sum);
        }
    }

    void add(Trajectory trajectory) {
        sampling.add(trajectory.getSamplingMillis());
    }

    void add(Verdict verdict) {
        verification.add(verdict.getMicros());
    }

    void add(TrainStep step) {
        trainMillis += step.getTrainMillis();
        waitMillis += step.getWaitMillis();
        trainedTokens += step.getTokens();
        maxLag = Math.max(maxLag, step.getLagMax());
    }

    /** How many records were not read. */
    void unread(long responses, long judgments) {
        sampling.unread = responses;
        verification.unread = judgments;
    }

    /** Training trajectories that were requested, of all groups that have ended: when a run has, these are all. */
    public long requested() {
        return trajectories.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Training trajectories whose group ended in this way. */
    public long trajectories(Outcome outcome) {
        return trajectories.getOrDefault(outcome, 0L);
    }

    /** Time of the samplers, in seconds, summed over workers. */
    public double rolloutSeconds() {
        return sampling.total() / 1e3;
    }

    /** Time of the verifiers, in seconds. */
    public double verificationSeconds() {
        return verification.total() / 1e6;
    }

    /** Time of the trainer in training steps, in seconds. */
    public double trainingSeconds() {
        return trainMillis / 1e3;
    }

    /** Time in which the trainer waited for groups, in seconds. */
    public double idleSeconds() {
        return waitMillis / 1e3;
    }

    /** Target tokens of all training steps. */
    public long trainedTokens() {
        return trainedTokens;
    }

    /** Largest lag of a trained group. */
    public long maxLag() {
        return maxLag;
    }

    private static final class Timed {

        private double sum;
        private long read;
        private long unread;

        void add(double time) {
            sum += time;
            read++;
        }

        double total() {
            return read == 0 ? 0 : sum * (read + unread) / read;
        }
    }
}
