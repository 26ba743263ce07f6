package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.trainer.plan.OutputPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which versions' bytes are kept: the last ones, every n-th, version 0, which is also the base of all adapters, those that
 * an evaluation still needs, and those that reached the target, of which one is the run's result. Not thread-safe.
 */
public final class Retention {

    private final OutputPlan plan;
    private final Set<String> evaluated = new HashSet<>(); // set@version
    private final Set<Long> candidates = new HashSet<>();

    /** The retention of a run. */
    public Retention(OutputPlan plan) {
        this.plan = plan;
    }

    /** Takes note of results. */
    public void evaluated(List<Evaluation> results) {
        for (Evaluation result : results) {
            evaluated.add(name(result.getSet(), result.getVersion()));
            if (reachesTarget(result)) {
                candidates.add(result.getVersion());
            }
        }
    }

    /**
     * The versions whose bytes may be deleted.
     *
     * @param live versions with bytes, ascending, the newest included
     */
    public List<Long> droppable(List<Long> live) {
        int last = Math.max(0, live.size() - plan.weights().getKeepLast());
        return live.subList(0, last).stream().filter(version -> !kept(version)).toList();
    }

    private boolean kept(long version) {
        int every = plan.weights().getKeepEvery();
        boolean nth = every > 0 && version % every == 0;
        return version == 0 || nth || candidates.contains(version) || awaited(version);
    }

    private boolean awaited(long version) {
        return plan.evaluations().stream()
                .filter(evaluation -> evaluates(evaluation, version))
                .anyMatch(evaluation -> !evaluated.contains(name(evaluation.getSet(), version)));
    }

    private static boolean evaluates(EvaluationPlan evaluation, long version) {
        return evaluation.getEveryVersions() > 0 && version % evaluation.getEveryVersions() == 0;
    }

    private boolean reachesTarget(Evaluation result) {
        StopRule stop = plan.stop();
        return stop.getTargetAccuracy() != null
                && result.getSet().equals(stop.getTargetSet())
                && result.getAccuracy() >= stop.getTargetAccuracy();
    }

    private static String name(String set, long version) {
        return set + "@" + version;
    }
}
