package dev.tracerl.verifiers;

import java.util.Map;
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

    /**
     * Whether a check has a small bound on time and memory, so that it may run on a stream's thread. Others are left to
     * workers.
     */
    default boolean isInline() {
        return true;
    }

    /** Hands over all verifiers that were found together, for one that asks others. */
    default void among(Map<String, Verifier> byKind) {}

    /** Why this host cannot judge at all, and what to do; empty if it can. May take seconds. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** Why this host cannot judge this task, and what to do; empty if it can. Differs from that of its kind in a composite. */
    default Optional<String> unavailable(TaskInputs task) {
        return unavailable();
    }

    /** Whether it only asks others, so that it is worth as much as these are on this host. */
    default boolean isComposite() {
        return false;
    }

    /** Why the task is malformed; empty if it can be judged. */
    Optional<String> invalid(TaskInputs task);

    /**
     * Judges an answer, in a bounded number of operations and without side effects. Never throws: a malformed task is
     * {@link Verdict.Unverifiable}, a malformed answer {@link Verdict.Incorrect}.
     */
    Verdict verify(TaskInputs task, String answer);

    /**
     * Judges an answer as {@link #verify} does, if that is possible within a small bound on time and memory; empty if it
     * is left to a worker. A verifier that is not inline for all answers may still be for most.
     */
    default Optional<Verdict> verifyInline(TaskInputs task, String answer) {
        return isInline() ? Optional.of(verify(task, answer)) : Optional.empty();
    }
}
