package dev.tracerl.ops.follow;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import java.util.EnumMap;
import java.util.Map;

/** Sums over a run. Requests and outcomes count training only, times count evaluation, too. */
public final class Totals {

    private final Map<Outcome, Long> trajectories = new EnumMap<>(Outcome.class);
    private long requested;
    private double samplingMillis;
    private long verificationMicros;
    private long trainMillis;
    private long waitMillis;
    private long trainedTokens;
    private long maxLag;

    void add(RolloutRequest request) {
        if (request.getPurpose() == Purpose.TRAINING) {
            requested += request.getSamples();
        }
    }

    void add(GroupOutcome outcome) {
        if (outcome.getPurpose() == Purpose.TRAINING) {
            trajectories.merge(outcome.getOutcome(), (long) outcome.getSamples().size(), Long::sum);
        }
    }

    void add(Trajectory trajectory) {
        samplingMillis += trajectory.getSamplingMillis();
    }

    void add(Verdict verdict) {
        verificationMicros += verdict.getMicros();
    }

    void add(TrainStep step) {
        trainMillis += step.getTrainMillis();
        waitMillis += step.getWaitMillis();
        trainedTokens += step.getTokens();
        maxLag = Math.max(maxLag, step.getLagMax());
    }

    /** Training trajectories that were requested. */
    public long requested() {
        return requested;
    }

    /** Training trajectories whose group ended in this way. */
    public long trajectories(Outcome outcome) {
        return trajectories.getOrDefault(outcome, 0L);
    }

    /** Time of the samplers, in seconds, summed over workers. */
    public double rolloutSeconds() {
        return samplingMillis / 1e3;
    }

    /** Time of the verifiers, in seconds. */
    public double verificationSeconds() {
        return verificationMicros / 1e6;
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
}
