package dev.tracerl.reward.admission;

import dev.tracerl.core.policy.AdmissionRule;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.state.AdmissionState;
import java.util.Optional;

/**
 * Training groups, as many as the capacity law allows:
 *
 * <pre>
 *   accepted + running &lt;= (maxLag + version + 1) * groupsPerStep, and never more than the run can train
 * </pre>
 *
 * <p>A group that ends without being trained gives its slot back, so that filtered groups are replaced. If versions are
 * published every n steps, the groups of n steps are admitted at least, or training would wait for itself.
 */
final class Training {

    private final RunSpec run;
    private final TrainingTasks tasks;
    private final Requests requests;
    private final JudgmentWatch watch;

    Training(RunSpec run, TrainingTasks tasks, Requests requests, JudgmentWatch watch) {
        this.run = run;
        this.tasks = tasks;
        this.requests = requests;
        this.watch = watch;
    }

    /**
     * Requests as many groups as the law allows.
     *
     * @return false if there is no usable task
     */
    boolean issue(AdmissionState state) {
        for (long free = free(state); free > 0; free--) {
            Optional<TrainingTasks.Draw> draw = tasks.next(state);
            if (draw.isEmpty()) {
                return false;
            }
            requests.training(state, draw.get());
        }
        return true;
    }

    /** Counts a group that ended. */
    void count(AdmissionState state, Outcome outcome) {
        if (outcome == Outcome.ACCEPTED) {
            state.setAccepted(state.getAccepted() + 1);
        } else {
            state.setReturned(state.getReturned() + 1);
        }
    }

    /** Groups that may be requested now. */
    long free(AdmissionState state) {
        if (state.getState() != RunState.RUNNING || run.getMethod() != Method.TRACERL) {
            return 0;
        }
        long running = running(state);
        long free = Math.max(0, capacity(state.getVersion()) - state.getAccepted() - running);
        return watch.allowed(state, free, running);
    }

    /** Groups that were requested and have not ended. */
    static long running(AdmissionState state) {
        return state.getTrainingIssued() - state.getAccepted() - state.getReturned();
    }

    /** The lag that the law allows. */
    static int maxLag(RunSpec run) {
        return Math.max(run.getGroups().getMaxLag(), run.getWeights().getPublishEverySteps() - 1);
    }

    private long capacity(long version) {
        GroupSpec groups = run.getGroups();
        int maxLag = maxLag(run);
        long steps = run.getStop().getMaxSteps();
        return steps <= version + maxLag
                ? steps * groups.getGroupsPerStep()
                : new AdmissionRule(maxLag, groups.getGroupsPerStep()).capacity(version);
    }
}
