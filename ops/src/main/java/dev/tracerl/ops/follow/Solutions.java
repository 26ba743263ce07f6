package dev.tracerl.ops.follow;

import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A right answer of the newest evaluation of every task set, as far as its answers were read. Besides it only those that
 * await their judgment are kept: a response may be megabytes.
 */
public final class Solutions {

    private final Map<String, NewestEvaluation> bySet = new HashMap<>();
    private final Set<String> correct = new HashSet<>(); // judged, but not read yet

    void add(Trajectory trajectory) {
        String id = trajectory.getEvaluationId();
        if (trajectory.getPurpose() != Purpose.EVALUATION || id == null || id.lastIndexOf('@') < 0) {
            return;
        }
        String set = id.substring(0, id.lastIndexOf('@'));
        long version = Long.parseLong(id.substring(id.lastIndexOf('@') + 1));
        bySet.computeIfAbsent(set, name -> new NewestEvaluation())
                .add(version, trajectory, correct.remove(trajectory.getTrajectoryId()));
    }

    void add(Verdict verdict) {
        if (verdict.getPurpose() != Purpose.EVALUATION) {
            return;
        }
        String id = verdict.getTrajectoryId();
        boolean right = verdict.getOutcome() == VerdictOutcome.CORRECT;
        boolean known = bySet.values().stream().anyMatch(evaluation -> evaluation.judge(id, right));
        if (right && !known) {
            correct.add(id);
        }
    }

    /** The right answer with the smallest id among those of a set's newest evaluation. */
    public Optional<Trajectory> anyCorrect(String set) {
        NewestEvaluation newest = bySet.get(set);
        return newest == null ? Optional.empty() : Optional.ofNullable(newest.right);
    }

    private static final class NewestEvaluation {

        private long version = -1;
        private final Map<String, Trajectory> open = new HashMap<>();
        private @Nullable Trajectory right;

        void add(long answered, Trajectory trajectory, boolean isRight) {
            if (answered > version) {
                open.clear();
                right = null;
                version = answered;
            }
            if (answered == version && isRight) {
                prefer(trajectory);
            } else if (answered == version) {
                open.putIfAbsent(trajectory.getTrajectoryId(), trajectory);
            }
        }

        /** False if the answer is not one that awaits its judgment. */
        boolean judge(String id, boolean isRight) {
            Trajectory judged = open.remove(id);
            if (judged != null && isRight) {
                prefer(judged);
            }
            return judged != null;
        }

        private void prefer(Trajectory found) {
            if (right == null || found.getTrajectoryId().compareTo(right.getTrajectoryId()) < 0) {
                right = found;
            }
        }
    }
}
