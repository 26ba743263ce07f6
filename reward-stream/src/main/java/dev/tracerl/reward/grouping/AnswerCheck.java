package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.verifiers.ChunkScore;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether a worker's answer says consistently what it is about, and what it found. */
final class AnswerCheck {

    private static final Set<VerdictOutcome> SCORED =
            EnumSet.of(VerdictOutcome.CORRECT, VerdictOutcome.INCORRECT, VerdictOutcome.PARTIAL);

    private AnswerCheck() {}

    /** Why the answer cannot be used; empty if it can. */
    static Optional<String> problem(String runId, VerificationAnswer answer) {
        if (!runId.equals(answer.getRunId())) {
            return Optional.of("belongs to run " + answer.getRunId() + ", not " + runId);
        }
        String id = Ids.trajectory(answer.getGroupId(), answer.getSample());
        if (!id.equals(answer.getTrajectoryId())) {
            return Optional.of("trajectoryId is " + answer.getTrajectoryId() + ", must be " + id);
        }
        Optional<String> score = score(answer);
        if (score.isPresent()) {
            return score;
        }
        try {
            chunks(answer);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("malformed answer: " + e.getMessage());
        }
    }

    private static Optional<String> score(VerificationAnswer answer) {
        Double score = answer.getScore();
        if (SCORED.contains(answer.getOutcome()) != (score != null)) {
            return Optional.of("score is " + score + " for outcome " + answer.getOutcome());
        }
        return score == null || (score >= 0 && score <= 1)
                ? Optional.empty()
                : Optional.of("score is " + score + ", must be in [0, 1]");
    }

    /**
     * The scored chunks of the response; empty if it was judged as a whole only.
     *
     * @throws IllegalArgumentException if they are malformed
     */
    static List<ChunkScore> chunks(VerificationAnswer answer) {
        List<Integer> ends = answer.getStepEnds();
        List<Double> scores = answer.getStepRewards();
        if (ends == null || scores == null) {
            return List.of();
        }
        if (ends.size() != scores.size()) {
            throw new IllegalArgumentException(
                    "stepEnds has " + ends.size() + " entries for " + scores.size() + " step rewards");
        }
        return IntStream.range(0, ends.size())
                .mapToObj(chunk -> new ChunkScore(ends.get(chunk), scores.get(chunk)))
                .toList();
    }
}
