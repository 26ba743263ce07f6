package dev.tracerl.trainer.replay;

/**
 * What to train again.
 *
 * @param runId the run
 * @param from version to start at or before
 * @param to version to end with
 */
public record ReplayRequest(String runId, long from, long to) {}
