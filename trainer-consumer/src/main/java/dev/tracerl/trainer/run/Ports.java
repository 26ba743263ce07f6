package dev.tracerl.trainer.run;

import dev.tracerl.trainer.in.DemonstrationFeed;
import dev.tracerl.trainer.in.GroupFeed;
import dev.tracerl.trainer.learn.TensorPorts;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.state.CheckpointStore;
import dev.tracerl.trainer.stop.StopSignal;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What a session works with.
 *
 * @param logs the log
 * @param inputs what is trained on
 * @param tensors where tensors come from
 * @param checkpoints the run's checkpoints
 * @param controls how it is told what to do, and tells what it does
 */
record Ports(
        TrainerLog.Factory logs, Inputs inputs, TensorPorts tensors, CheckpointStore checkpoints, Controls controls) {

    /**
     * Inputs.
     *
     * @param groups opens the training groups
     * @param demonstrations opens the demonstrations
     */
    record Inputs(GroupFeed.Factory groups, Supplier<DemonstrationFeed> demonstrations) {}

    /**
     * Controls.
     *
     * @param clock time of the records
     * @param stop when to stop
     * @param status the run's state
     * @param condition the service's state
     * @param metrics the run's meters
     */
    record Controls(Clock clock, StopSignal stop, StatusBoard status, Condition condition, TrainerMetrics metrics) {}
}
