package dev.tracerl.trainer.state;

/**
 * One run, and not another one that was given the same name later.
 *
 * @param runId name of the run
 * @param createdAt when it was created, in milliseconds since 1970
 * @param seed its seed
 */
public record RunIdentity(String runId, long createdAt, long seed) {}
