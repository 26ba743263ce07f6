package dev.tracerl.reward.grouping;

import dev.tracerl.reward.judging.Rewards;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.TruncationRule;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.state.JudgedSample;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a verdict to a reward. A training response that was cut at the length limit is wrong or excluded, whatever the
 * verifier found in it; one that was not judged follows the run's rule for it. Evaluations count what the verifier found.
 * Scores of chunks go with a reward that is the verdict's own, never with one that the run's rules gave instead of it.
 */
record RewardRule(TruncationRule truncation, NonRewardRule nonRewards) {

    private static final String CUT = "cut at the length limit";

    /** The settled sample. */
    JudgedSample settle(Trajectory trajectory, Verdict verdict) {
        SampleOutcome outcome = outcome(trajectory, verdict);
        boolean trains = trajectory.getPurpose() == Purpose.TRAINING && outcome.getReward() != null;
        return JudgedSample.newBuilder()
                .setOutcome(outcome)
                .setTraining(trains ? training(trajectory, verdict, outcome) : null)
                .setOldestVersion(Arrays.stream(Packed.longs(trajectory.getBlockVersions()))
                        .min()
                        .getAsLong())
                .build();
    }

    /** The settled sample of a trajectory that went to dead-letters. */
    static JudgedSample malformed(int sample, String reason) {
        return JudgedSample.newBuilder()
                .setOutcome(new SampleOutcome(sample, SampleResult.MALFORMED, null, reason))
                .setTraining(null)
                .setOldestVersion(null)
                .build();
    }

    private SampleOutcome outcome(Trajectory trajectory, Verdict verdict) {
        int sample = trajectory.getSample();
        Double score = verdict.getScore();
        boolean trains = trajectory.getPurpose() == Purpose.TRAINING;
        if (trains && trajectory.getStopReason() == StopReason.LENGTH) {
            return truncation == TruncationRule.EXCLUDE
                    ? new SampleOutcome(sample, SampleResult.TRUNCATED, null, CUT)
                    : new SampleOutcome(sample, SampleResult.REWARDED, 0.0, CUT);
        } else if (score == null) {
            Double reward = trains && nonRewards == NonRewardRule.INCORRECT ? 0.0 : null;
            return new SampleOutcome(sample, withoutScore(verdict), reward, verdict.getReason());
        }
        return new SampleOutcome(sample, SampleResult.REWARDED, score, null);
    }

    private static SampleResult withoutScore(Verdict verdict) {
        return switch (verdict.getOutcome()) {
            case UNVERIFIABLE -> SampleResult.UNVERIFIABLE;
            case TIMED_OUT -> SampleResult.TIMED_OUT;
            case FAILED, CORRECT, INCORRECT, PARTIAL -> SampleResult.FAILED;
        };
    }

    private static TrainingSample training(Trajectory trajectory, Verdict verdict, SampleOutcome outcome) {
        Segment response = TrajectoryCheck.generated(trajectory);
        boolean earned = Rewards.isOwn(outcome);
        return TrainingSample.newBuilder()
                .setTrajectoryId(trajectory.getTrajectoryId())
                .setSample(trajectory.getSample())
                .setPromptTokens(promptTokens(trajectory.getSegments()))
                .setResponseTokens(response.getTokens())
                .setKeptTokens(response.getKeptTokens())
                .setStepMap(response.getStepMap())
                .setLogProbs(response.getLogProbs())
                .setBlockVersions(trajectory.getBlockVersions())
                .setReward(outcome.getReward())
                .setAdvantage(0)
                .setChunkEnds(earned ? chunkEnds(verdict) : null)
                .setChunkScores(earned ? chunkScores(verdict) : null)
                .build();
    }

    private static @Nullable ByteBuffer chunkEnds(Verdict verdict) {
        return verdict.getStepEnds() == null
                ? null
                : Packed.ints(verdict.getStepEnds().stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    private static @Nullable ByteBuffer chunkScores(Verdict verdict) {
        if (verdict.getStepRewards() == null) {
            return null;
        }
        float[] scores = new float[verdict.getStepRewards().size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = verdict.getStepRewards().get(i).floatValue();
        }
        return Packed.floats(scores);
    }

    private static ByteBuffer promptTokens(List<Segment> segments) {
        List<Segment> given = segments.subList(0, segments.size() - 1);
        int bytes = given.stream()
                .mapToInt(segment -> segment.getTokens().remaining())
                .sum();
        ByteBuffer tokens = ByteBuffer.allocate(bytes);
        given.forEach(segment -> tokens.put(segment.getTokens().slice()));
        return tokens.flip();
    }
}
