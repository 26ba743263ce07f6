package dev.tracerl.reward.grouping;

import dev.tracerl.reward.judging.Judgment;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.verifiers.Verifier;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Writes verdicts: what a verifier finds here, what a worker found, or that none answered in time. */
final class Judge {

    private final Map<String, Verifier> verifiers;
    private final InstantSource clock;

    Judge(Map<String, Verifier> verifiers, InstantSource clock) {
        this.verifiers = verifiers;
        this.clock = clock;
    }

    /** The verdict, if this thread may find it; empty if the check is left to a worker. */
    Optional<Verdict> judge(RolloutRequest request, Trajectory trajectory) {
        String answer = TrajectoryCheck.generated(trajectory).getText();
        return Judgment.inline(verifiers, request.getTask(), answer)
                .map(judgment -> verdict(request, trajectory, judgment));
    }

    Verdict answered(RolloutRequest request, Trajectory trajectory, VerificationAnswer answer) {
        TokenChunks chunks = TokenChunks.of(AnswerCheck.chunks(answer), TrajectoryCheck.generated(trajectory));
        return head(request, trajectory)
                .setVerifierVersion(answer.getVerifierVersion())
                .setOutcome(answer.getOutcome())
                .setScore(answer.getScore())
                .setStepRewards(chunks.isEmpty() ? null : chunks.scores())
                .setStepEnds(chunks.isEmpty() ? null : chunks.ends())
                .setReason(answer.getReason())
                .setOperations(answer.getOperations())
                .setMicros(answer.getMicros())
                .build();
    }

    Verdict unanswered(RolloutRequest request, Trajectory trajectory, String reason) {
        return head(request, trajectory)
                .setVerifierVersion("none")
                .setOutcome(VerdictOutcome.TIMED_OUT)
                .setReason(reason)
                .setOperations(0)
                .setMicros(0)
                .build();
    }

    private Verdict verdict(RolloutRequest request, Trajectory trajectory, Judgment judgment) {
        TokenChunks chunks = TokenChunks.of(judgment.found().chunks(), TrajectoryCheck.generated(trajectory));
        return head(request, trajectory)
                .setVerifierVersion(judgment.version())
                .setOutcome(judgment.outcome())
                .setScore(judgment.score())
                .setStepRewards(chunks.isEmpty() ? null : chunks.scores())
                .setStepEnds(chunks.isEmpty() ? null : chunks.ends())
                .setReason(judgment.reason())
                .setOperations(judgment.found().operations())
                .setMicros(judgment.micros())
                .build();
    }

    private Verdict.Builder head(RolloutRequest request, Trajectory trajectory) {
        return Verdict.newBuilder()
                .setTrajectoryId(trajectory.getTrajectoryId())
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSample(trajectory.getSample())
                .setTaskId(request.getTask().getTaskId())
                .setPurpose(request.getPurpose())
                .setVerifier(request.getTask().getKind())
                .setAt(clock.instant());
    }
}
