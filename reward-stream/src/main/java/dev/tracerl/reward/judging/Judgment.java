package dev.tracerl.reward.judging;

import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier of a task's kind found.
 *
 * @param verifier its name
 * @param version its version
 * @param micros microseconds that it took
 */
public record Judgment(String verifier, String version, Verdict found, long micros) {

    private static final long NANOS_PER_MICRO = 1_000;

    /** Asks the verifier of the task's kind, however long it takes; without one, the judgment is a failure. */
    public static Judgment of(Map<String, Verifier> verifiers, Task task, String answer) {
        return judge(verifiers, task, verifier -> Optional.of(verifier.verify(inputs(task), answer)))
                .orElseThrow();
    }

    /** Asks it for what it can say within a small bound; empty if the answer is left to a worker. */
    public static Optional<Judgment> inline(Map<String, Verifier> verifiers, Task task, String answer) {
        return judge(verifiers, task, verifier -> verifier.verifyInline(inputs(task), answer));
    }

    /** Why this host cannot judge the task; empty if it can, or if nobody can for want of a verifier. */
    public static Optional<String> unavailable(Map<String, Verifier> verifiers, Task task) {
        return Optional.ofNullable(verifiers.get(task.getKind()))
                .flatMap(verifier -> verifier.unavailable(inputs(task)));
    }

    private static Optional<Judgment> judge(
            Map<String, Verifier> verifiers, Task task, Function<Verifier, Optional<Verdict>> question) {
        String kind = task.getKind();
        Verifier verifier = verifiers.get(kind);
        if (verifier == null) {
            Verdict none = new Verdict.Failed("no verifier for tasks of kind " + kind, 0);
            return Optional.of(new Judgment(kind, "none", none, 0));
        }
        long start = System.nanoTime();
        Optional<Verdict> found = question.apply(verifier);
        long micros = (System.nanoTime() - start) / NANOS_PER_MICRO;
        return found.map(verdict -> new Judgment(kind, verifier.version(), verdict, micros));
    }

    private static TaskInputs inputs(Task task) {
        return new TaskInputs(task.getTaskId(), task.getKind(), task.getPrompt(), task.getInputs());
    }

    /** The kind of verdict. */
    public VerdictOutcome outcome() {
        return VerdictOutcome.valueOf(found.outcome().name());
    }

    /** The score; null if there is none. */
    public @Nullable Double score() {
        OptionalDouble score = found.score();
        return score.isPresent() ? score.getAsDouble() : null;
    }

    /** Why; null if there is nothing to say. */
    public @Nullable String reason() {
        return found.reason().isEmpty() ? null : found.reason();
    }
}
