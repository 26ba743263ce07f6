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
import java.util.TreeMap;

/** Keeps the answers of the newest evaluation of every task set until somebody asks for a right one. */
public final class Solutions {

    private final Map<String, NewestEvaluation> bySet = new HashMap<>();
    private final Set<String> correct = new HashSet<>();

    void add(Trajectory trajectory) {
        String id = trajectory.getEvaluationId();
        if (trajectory.getPurpose() != Purpose.EVALUATION || id == null || id.lastIndexOf('@') < 0) {
            return;
        }
        String set = id.substring(0, id.lastIndexOf('@'));
        long version = Long.parseLong(id.substring(id.lastIndexOf('@') + 1));
        bySet.computeIfAbsent(set, name -> new NewestEvaluation()).add(version, trajectory);
    }

    void add(Verdict verdict) {
        if (verdict.getPurpose() == Purpose.EVALUATION && verdict.getOutcome() == VerdictOutcome.CORRECT) {
            correct.add(verdict.getTrajectoryId());
        }
    }

    /** The right answer with the smallest task id among those of a set's newest evaluation. */
    public Optional<Trajectory> anyCorrect(String set) {
        NewestEvaluation newest = bySet.get(set);
        return newest == null
                ? Optional.empty()
                : newest.answers.values().stream()
                        .filter(answer -> correct.contains(answer.getTrajectoryId()))
                        .findFirst();
    }

    private static final class NewestEvaluation {

        private long version = -1;
        private final TreeMap<String, Trajectory> answers = new TreeMap<>();

        void add(long answered, Trajectory trajectory) {
            if (answered > version) {
                answers.clear();
                version = answered;
            }
            if (answered == version) {
                answers.putIfAbsent(trajectory.getTrajectoryId(), trajectory);
            }
        }
    }
}
