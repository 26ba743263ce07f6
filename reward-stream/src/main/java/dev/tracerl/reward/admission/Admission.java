package dev.tracerl.reward.admission;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EvaluationTally;
import dev.tracerl.schemas.avro.state.RunningGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides, event by event, which groups are requested and how the run goes on. Records that were counted before change
 * nothing. Not thread-safe.
 */
public final class Admission {

    private final RunSpec run;
    private final AdmissionParts parts;
    private final RunLife life;
    private final Evaluations evaluations;
    private final Training training;
    private final Curriculum curriculum;
    private final JudgmentWatch watch;
    private final EndedGroups endedGroups;

    public Admission(RunSpec run, AdmissionParts parts) {
        this.run = run;
        this.parts = parts;
        UsableTasks tasks = new UsableTasks(parts);
        Requests requests = new Requests(run, parts);
        this.curriculum = new Curriculum(run, parts);
        this.watch = new JudgmentWatch(run, parts.clock());
        this.endedGroups = new EndedGroups(parts.books().ended());
        this.life = new RunLife(run, parts, watch);
        this.evaluations = new Evaluations(run, parts, tasks, requests);
        this.training = new Training(run, new TrainingTasks(run, tasks, curriculum), requests, watch);
    }

    /** A version was published. */
    public void published(WeightManifest manifest) {
        update(state -> {
            life.advanced(state, manifest.getVersion(), manifest.getStep());
            if (!RunLife.isAfterEnd(state, manifest.getVersion())) {
                evaluations.start(state, manifest.getVersion(), false);
            }
        });
    }

    /** A training step was done. */
    public void trained(TrainStep step) {
        long version = step.getPublished() ? step.getVersion() : -1;
        update(state -> life.advanced(state, version, step.getStep()));
    }

    /** A group ended. */
    public void ended(GroupOutcome outcome) {
        Optional<RunningGroup> group = parts.books().running().find(outcome.getGroupId());
        group.ifPresent(running -> update(state -> {
            endedGroups.add(state, running, outcome);
            parts.books().running().remove(outcome.getGroupId());
            if (running.getPurpose() == Purpose.EVALUATION) {
                evaluations.count(running.getEvaluationId(), outcome.getSamples());
            } else {
                training.count(state, outcome.getOutcome());
                curriculum.count(running.getTaskId(), outcome);
                watch.count(state, outcome).ifPresent(reason -> life.failed(state, reason));
            }
        }));
    }

    /** Somebody wrote a status; only a failure of this run matters. */
    public void reported(RunStatus status) {
        if (status.getRunId().equals(run.getRunId()) && status.getState() == RunState.FAILED) {
            update(state -> life.failed(state, status.getReason()));
        }
    }

    /** Time passed; the pause of a run that is held may be over. */
    public void passed() {
        parts.books()
                .state()
                .find(run.getRunId())
                .filter(state -> training.free(state) > 0)
                .ifPresent(state -> update(unchanged -> {}));
    }

    private void update(Consumer<AdmissionState> change) {
        AdmissionState state = parts.books()
                .state()
                .find(run.getRunId())
                .orElseGet(() -> AdmissionState.newBuilder().build());
        change.accept(state);
        if (state.getState() != null && !RunLife.isOver(state)) {
            proceed(state);
        }
        life.report(state);
        parts.books().state().put(run.getRunId(), state);
        parts.metrics().admission(Training.running(state), training.free(state), state.getVersion());
        parts.metrics().held(watch.isHeld(state));
    }

    private void proceed(AdmissionState state) {
        List<EvaluationTally> complete;
        do {
            if (state.getState() == RunState.STOPPING) {
                evaluations.start(state, state.getFinalVersion(), true);
            }
            evaluations.issue(state);
            complete = evaluations.complete(state);
            complete.forEach(tally -> conclude(state, tally));
        } while (!complete.isEmpty() && !RunLife.isOver(state));
        if (!training.issue(state)) {
            life.failed(state, "no usable task is left in the run's task sets; dead-letters say why");
        }
        boolean idle = state.getOpenEvaluations().isEmpty() && Training.running(state) == 0;
        if (state.getState() == RunState.STOPPING && idle) {
            life.finished(state);
        }
    }

    private void conclude(AdmissionState state, EvaluationTally tally) {
        if (tally.getRequested() == 0) {
            life.failed(state, "no usable task in the evaluation set " + tally.getSet() + "; dead-letters say why");
            return;
        }
        Evaluation evaluation = evaluation(tally);
        parts.outbox().evaluation(evaluation);
        life.evaluated(state, evaluation);
    }

    private Evaluation evaluation(EvaluationTally tally) {
        return Evaluation.newBuilder()
                .setRunId(run.getRunId())
                .setEvaluationId(Ids.evaluation(tally.getSet(), tally.getVersion()))
                .setSet(tally.getSet())
                .setVersion(tally.getVersion())
                .setTasks(tally.getNextTask())
                .setSamples(tally.getSamples())
                .setExcluded(tally.getExcluded())
                .setCorrect(tally.getCorrect())
                .setAccuracy(share(tally.getCorrect(), tally.getSamples()))
                .setMeanScore(share(tally.getScores(), tally.getSamples()))
                .setStartedAt(tally.getStartedAt())
                .setAt(parts.clock().instant())
                .build();
    }

    private static double share(double part, int whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
