package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.WeightPlan;

/**
 * How a run's trainer writes.
 *
 * @param runId the run
 * @param home folder of the run in the weight folder; no other run has it, not even one of the same name
 * @param plan how weights and states are stored, cut and kept
 * @param largest bytes of the largest publication
 */
public record LogSettings(String runId, String home, WeightPlan plan, long largest) {

    /** The settings of a run. */
    public static LogSettings of(RunSpec run, long largest) {
        String home = run.getRunId() + "-" + run.getCreatedAt().toEpochMilli();
        return new LogSettings(run.getRunId(), home, run.getWeights(), largest);
    }
}
