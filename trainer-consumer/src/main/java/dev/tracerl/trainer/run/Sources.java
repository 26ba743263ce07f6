package dev.tracerl.trainer.run;

import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.ResponsePacker;
import dev.tracerl.trainer.in.BatchSource;
import dev.tracerl.trainer.in.DemonstrationSource;
import dev.tracerl.trainer.in.GroupCloser;
import dev.tracerl.trainer.in.GroupSource;
import dev.tracerl.trainer.out.Closing;
import dev.tracerl.trainer.out.LogState;
import dev.tracerl.trainer.out.Outcomes;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.InputPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.TrainerState;
import java.util.List;
import java.util.Optional;

/**
 * Opens the input of a session.
 *
 * @param plan how the run is trained
 * @param ports the outside
 * @param log the session's log
 * @param onLog what it has
 */
record Sources(TrainingPlan plan, Ports ports, TrainerLog log, LogState onLog) {

    /** The input from a state on. */
    BatchSource open(TrainerState state) {
        return plan.input() instanceof InputPlan.Demonstrations demonstrations
                ? demonstrations(demonstrations, state)
                : groups((InputPlan.Groups) plan.input(), state);
    }

    private BatchSource groups(InputPlan.Groups groups, TrainerState state) {
        Ports.Controls controls = ports.controls();
        GroupCloser closer =
                new GroupCloser(log, new Outcomes(controls.clock()), state.run().runId(), controls.metrics());
        GroupSource.Ports outside =
                new GroupSource.Ports(ports.inputs().groups(), log, closer, controls.stop(), controls.metrics());
        ResponsePacker packer = new ResponsePacker(plan.pack(), groups.slices(), groups.seed());
        return new GroupSource(groups, packer, outside, state, onLog);
    }

    private BatchSource demonstrations(InputPlan.Demonstrations demonstrations, TrainerState state) {
        return new DemonstrationSource(
                demonstrations.perStep(),
                new DemonstrationPacker(plan.pack(), demonstrations.order(), demonstrations.seed()),
                ports.inputs().demonstrations().get(),
                letter -> log.close(List.of(new Closing(Optional.empty(), Optional.empty(), Optional.of(letter)))),
                ports.controls().stop(),
                state);
    }
}
