package dev.tracerl.verifiers;

import java.util.Optional;

/**
 * Judge of the answers to one kind of task. Implementations are thread-safe, have a public constructor without
 * parameters, and are registered in {@code META-INF/services}.
 */
public interface Verifier {

    /** The kind of task that is judged; unique among verifiers. */
    String kind();

    /** Changes whenever a verdict could. */
    String version();

    /** Why the task is malformed; empty if it can be judged. */
    Optional<String> invalid(TaskInputs task);

    /**
     * Judges an answer, in a bounded number of operations and without side effects. Never throws: a malformed task is
     * {@link Verdict.Unverifiable}, a malformed answer {@link Verdict.Incorrect}.
     */
    Verdict verify(TaskInputs task, String answer);
}
