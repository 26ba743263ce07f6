package dev.tracerl.ops.run;

import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A run and what has to be loaded before it starts.
 *
 * @param spec the run
 * @param data task sets, in the order in which they are made
 * @param demonstrations what a supervised run imitates
 */
public record PlannedRun(RunSpec spec, List<TaskSource> data, Optional<DemonstrationSource> demonstrations) {

    public PlannedRun {
        data = List.copyOf(data);
    }

    /** The same run, which imitates what the source says if it is supervised and nothing was said. */
    public PlannedRun demonstratedBy(Supplier<DemonstrationSource> source) {
        return spec.getMethod() == Method.SFT && demonstrations.isEmpty()
                ? new PlannedRun(spec, data, Optional.of(source.get()))
                : this;
    }

    /** The run's id. */
    public String runId() {
        return spec.getRunId();
    }
}
