package dev.tracerl.reward.admission;

import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.state.AdmissionState;
import java.util.Locale;

/**
 * The life of a run.
 *
 * <pre>
 *   (no version) --version 0--> RUNNING --stop rule--> STOPPING --everything closed and evaluated--> FINISHED
 *                                    \---------------------\--> FAILED
 * </pre>
 *
 * <p>Changes and news are collected, and written as one status per event.
 */
final class RunLife {

    private final RunSpec run;
    private final AdmissionParts parts;
    private final JudgmentWatch watch;
    private boolean news;

    RunLife(RunSpec run, AdmissionParts parts, JudgmentWatch watch) {
        this.run = run;
        this.parts = parts;
        this.watch = watch;
    }

    /** Training advanced; either number may be one that is known. */
    void advanced(AdmissionState state, long version, long step) {
        if (version > state.getVersion()) {
            state.setVersion(version);
            news = true;
        }
        state.setStep(Math.max(step, state.getStep()));
        if (state.getState() == null && state.getVersion() >= 0) {
            enter(state, RunState.RUNNING, reasonOfRunning(state));
        }
        if (state.getState() == RunState.RUNNING && state.getStep() >= steps()) {
            state.setFinalVersion(state.getVersion());
            enter(state, RunState.STOPPING, reasonOfSteps());
        }
    }

    /** An evaluation ended. */
    void evaluated(AdmissionState state, Evaluation evaluation) {
        news = true;
        StopRule stop = run.getStop();
        Long last = state.getFinalVersion();
        boolean superseded = last != null && evaluation.getVersion() != last;
        if (!evaluation.getSet().equals(stop.getTargetSet()) || superseded) {
            return;
        }
        state.setAccuracy(evaluation.getAccuracy());
        Double target = stop.getTargetAccuracy();
        if (state.getState() == RunState.RUNNING && target != null && evaluation.getAccuracy() >= target) {
            state.setFinalVersion(evaluation.getVersion());
            enter(state, RunState.STOPPING, reasonOfTarget(evaluation, target));
        }
    }

    /** Everything that was open has been closed. */
    void finished(AdmissionState state) {
        enter(state, RunState.FINISHED, state.getReason());
    }

    /** The run cannot go on. */
    void failed(AdmissionState state, String reason) {
        if (!isOver(state)) {
            enter(state, RunState.FAILED, reason);
        }
    }

    /** Writes the status, if there is news since the last call. */
    void report(AdmissionState state) {
        if (state.getState() == RunState.RUNNING && !reasonOfRunning(state).equals(state.getReason())) {
            enter(state, RunState.RUNNING, reasonOfRunning(state));
        }
        if (!news || state.getState() == null) {
            return;
        }
        news = false;
        parts.outbox()
                .status(RunStatus.newBuilder()
                        .setRunId(run.getRunId())
                        .setState(state.getState())
                        .setReason(state.getReason())
                        .setStep(state.getStep())
                        .setVersion(state.getVersion())
                        .setFinalVersion(state.getFinalVersion())
                        .setAccuracy(state.getAccuracy())
                        .setAt(parts.clock().instant())
                        .build());
    }

    /** Whether a version is newer than the result of the run. */
    static boolean isAfterEnd(AdmissionState state, long version) {
        Long last = state.getFinalVersion();
        return isOver(state) || (last != null && version > last);
    }

    static boolean isOver(AdmissionState state) {
        return RunStates.isOver(state.getState());
    }

    /** Steps after which the run stops; an evaluation run trains nothing. */
    private long steps() {
        return run.getMethod() == Method.EVALUATION ? 0 : run.getStop().getMaxSteps();
    }

    private String reasonOfRunning(AdmissionState state) {
        String reason = "running";
        if (watch.isHeld(state)) {
            String found = state.getUnjudgedReason();
            reason += "; held: one group at a time is requested, with pauses of up to %d s,"
                            .formatted(JudgmentWatch.LONGEST_PAUSE.toSeconds())
                    + " because nothing in the last %d could be judged".formatted(watch.limit())
                    + (found == null ? "" : ". " + found);
        }
        if (!state.getWithoutBand().isEmpty()) {
            reason += "; tasks are drawn in spite of the curriculum, whose band has none of "
                    + String.join(", ", state.getWithoutBand());
        }
        return reason;
    }

    private String reasonOfSteps() {
        return run.getMethod() == Method.EVALUATION
                ? "version 0 is evaluated, nothing is trained"
                : "all " + run.getStop().getMaxSteps() + " training steps are done";
    }

    private static String reasonOfTarget(Evaluation evaluation, double target) {
        return String.format(
                Locale.ROOT,
                "version %d reached accuracy %.4f on %s, the target is %.4f",
                evaluation.getVersion(),
                evaluation.getAccuracy(),
                evaluation.getSet(),
                target);
    }

    private void enter(AdmissionState state, RunState next, String reason) {
        state.setState(next);
        state.setReason(reason);
        news = true;
    }
}
