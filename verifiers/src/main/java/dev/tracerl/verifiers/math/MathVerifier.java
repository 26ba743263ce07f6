package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.math.compare.SymbolicEngine;
import dev.tracerl.verifiers.math.symbolic.SymbolicTimeoutException;
import dev.tracerl.verifiers.math.symbolic.SymjaEngine;
import java.util.Optional;

/**
 * Judges mathematical answers. Input {@code answer}: the right answer, in LaTeX or plain notation. The answer is found
 * in the response (boxed, tagged, after ####, announced, or last) and compared by value: see {@code docs/verifiers.md}
 * for what counts as equal. An operation is one character read or one step of exact arithmetic. Most answers are judged
 * with those alone; the rest, if it is small enough, asks a process with computer algebra, which is killed after a time.
 */
public final class MathVerifier implements Verifier {

    /** The kind of task. */
    public static final String KIND = "math";

    /** Name of the input with the right answer. */
    public static final String ANSWER = "answer";

    /** Processor time that one question to computer algebra may take. */
    public static final long SYMBOLIC_MILLIS = 10_000;

    private static final int MAX_ANSWER = 3_000;

    private final SymbolicEngine engine;

    /** A verifier with its own process for computer algebra, which starts when it is needed. */
    public MathVerifier() {
        this(new SymjaEngine(SYMBOLIC_MILLIS));
    }

    /** A verifier that asks an engine. */
    public MathVerifier(SymbolicEngine engine) {
        this.engine = engine;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String version() {
        return "7";
    }

    /** Computer algebra is not; {@link #verifyInline} judges what does not need it. */
    @Override
    public boolean isInline() {
        return false;
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        String answer = task.inputs().getOrDefault(ANSWER, "");
        if (answer.isBlank()) {
            return Optional.of("input answer is missing");
        }
        if (answer.length() > MAX_ANSWER) {
            return Optional.of("answer is longer than " + MAX_ANSWER + " characters");
        }
        return RightAnswer.in(answer).isBlank() ? Optional.of("answer is an empty box") : Optional.empty();
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return new Verdict.Unverifiable(invalid.get(), 0);
        }
        MathJudgment judgment = new MathJudgment(task.inputs().getOrDefault(ANSWER, ""), engine);
        try {
            return judgment.judge(answer);
        } catch (SymbolicTimeoutException e) {
            return new Verdict.TimedOut(String.valueOf(e.getMessage()), judgment.operations());
        } catch (IllegalStateException e) {
            return new Verdict.Failed(String.valueOf(e.getMessage()), judgment.operations());
        }
    }

    @Override
    public Optional<Verdict> verifyInline(TaskInputs task, String answer) {
        if (invalid(task).isPresent()) {
            return Optional.of(verify(task, answer));
        }
        NoEngine none = new NoEngine();
        MathJudgment judgment = new MathJudgment(task.inputs().getOrDefault(ANSWER, ""), none);
        Verdict verdict = judgment.judge(answer);
        boolean open = none.wasAsked() && judgment.isUndecided();
        return open ? Optional.empty() : Optional.of(verdict);
    }
}
