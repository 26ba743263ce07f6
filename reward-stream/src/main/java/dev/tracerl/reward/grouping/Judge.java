package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verifier;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Asks the verifier of a task's kind about a response. */
final class Judge {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<String, Verifier> verifiers;
    private final InstantSource clock;

    Judge(Map<String, Verifier> verifiers, InstantSource clock) {
        this.verifiers = verifiers;
        this.clock = clock;
    }

    Verdict judge(RolloutRequest request, Trajectory trajectory) {
        Task task = request.getTask();
        Verifier verifier = verifiers.get(task.getKind());
        long start = System.nanoTime();
        dev.tracerl.verifiers.Verdict found = verifier == null
                ? new dev.tracerl.verifiers.Verdict.Failed("no verifier for tasks of kind " + task.getKind(), 0)
                : verifier.verify(
                        inputs(task), TrajectoryCheck.generated(trajectory).getText());
        TokenChunks chunks = TokenChunks.of(found.chunks(), TrajectoryCheck.generated(trajectory));
        return Verdict.newBuilder()
                .setTrajectoryId(trajectory.getTrajectoryId())
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSample(trajectory.getSample())
                .setTaskId(task.getTaskId())
                .setPurpose(request.getPurpose())
                .setVerifier(task.getKind())
                .setVerifierVersion(verifier == null ? "none" : verifier.version())
                .setOutcome(outcome(found))
                .setScore(boxed(found.score()))
                .setStepRewards(chunks.isEmpty() ? null : chunks.scores())
                .setStepEnds(chunks.isEmpty() ? null : chunks.ends())
                .setReason(found.reason().isEmpty() ? null : found.reason())
                .setOperations(found.operations())
                .setMicros((System.nanoTime() - start) / NANOS_PER_MICRO)
                .setAt(clock.instant())
                .build();
    }

    private static TaskInputs inputs(Task task) {
        return new TaskInputs(task.getTaskId(), task.getKind(), task.getPrompt(), task.getInputs());
    }

    private static @Nullable Double boxed(OptionalDouble score) {
        return score.isPresent() ? score.getAsDouble() : null;
    }

    private static VerdictOutcome outcome(dev.tracerl.verifiers.Verdict found) {
        if (found instanceof dev.tracerl.verifiers.Verdict.InChunks inChunks) {
            return outcome(inChunks.whole());
        }
        if (found instanceof dev.tracerl.verifiers.Verdict.Correct) {
            return VerdictOutcome.CORRECT;
        } else if (found instanceof dev.tracerl.verifiers.Verdict.Incorrect) {
            return VerdictOutcome.INCORRECT;
        } else if (found instanceof dev.tracerl.verifiers.Verdict.Partial) {
            return VerdictOutcome.PARTIAL;
        } else if (found instanceof dev.tracerl.verifiers.Verdict.Unverifiable) {
            return VerdictOutcome.UNVERIFIABLE;
        } else if (found instanceof dev.tracerl.verifiers.Verdict.TimedOut) {
            return VerdictOutcome.TIMED_OUT;
        }
        return VerdictOutcome.FAILED;
    }
}
