package dev.tracerl.ops.audit;

import java.util.List;

/**
 * The account of a run.
 *
 * @param finished whether the run is finished
 * @param training training groups
 * @param evaluation evaluation groups
 * @param verdicts judged trajectories
 * @param steps training steps
 * @param duplicates ids of trajectories that arrived again, an entry for each copy; the first one counts
 * @param strays records of trajectories that were not used; empty for runs older than these records
 * @param findings everything that is wrong; empty if the log is complete
 */
public record AuditReport(
        String runId,
        boolean finished,
        Account training,
        Account evaluation,
        long verdicts,
        long steps,
        List<String> duplicates,
        List<StrayEntry> strays,
        List<Finding> findings) {}
