package dev.tracerl.trainer.run;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.trainer.in.GroupFeed;
import dev.tracerl.trainer.in.KafkaGroupFeed;
import dev.tracerl.trainer.in.LogInputs;
import dev.tracerl.trainer.learn.ModelTensors;
import dev.tracerl.trainer.out.KafkaTrainerLog;
import dev.tracerl.trainer.out.LogSettings;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.InputPlan;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.CheckpointStore;
import dev.tracerl.trainer.train.ModelLearner;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The real outside of a trainer.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 * @param machine where tensors and checkpoints are
 * @param meters registry of the meters
 * @param clock time of the records
 */
public record Environment(
        Connection connection, AvroSerdes serdes, Machine machine, MeterRegistry meters, Clock clock) {

    private static final int LEAST_READ_AHEAD = 4;

    /**
     * The machine.
     *
     * @param device where the network is trained
     * @param dataDir directory of the checkpoints
     * @param readAheadSteps steps whose groups are read ahead
     */
    public record Machine(ModelLearner.Device device, Path dataDir, int readAheadSteps) {}

    /** Directory of a run: two runs never share one, even if the later one was given the name of the earlier. */
    Path directory(RunSpec spec) {
        return machine.dataDir()
                .resolve(spec.getRunId() + "-" + spec.getCreatedAt().toEpochMilli());
    }

    /** A log of a run that publishes nothing of its tensors. */
    TrainerLog log(RunSpec spec) {
        return new KafkaTrainerLog(connection, serdes, LogSettings.of(spec, 0), clock);
    }

    /** A log of a run. */
    TrainerLog log(RunSpec spec, RunPlan plan) {
        return new KafkaTrainerLog(connection, serdes, LogSettings.of(spec, plan.largestPublication()), clock);
    }

    /**
     * Checks that there is a place for the run's weights.
     *
     * @throws RefusedRunException if not
     */
    void requireStore(RunSpec spec) {
        if (spec.getWeights().getStore() == StoreKind.FILE
                && connection.weightFolder().isEmpty()) {
            throw new RefusedRunException(
                    "weights.store is FILE, but the trainer has no weight folder; set tracerl.weight-folder for it and for"
                            + " rollout-producer, or use KAFKA");
        }
    }

    Ports ports(RunSpec spec, RunPlan plan, TrainerLog.Factory logs, Ports.Controls controls) {
        return new Ports(
                logs,
                new Ports.Inputs(offset -> groups(plan, offset), () -> inputs().demonstrations(plan, training(plan))),
                new ModelTensors(connection, serdes, machine.device()).of(spec, plan),
                new CheckpointStore(directory(spec)),
                controls);
    }

    private GroupFeed groups(RunPlan plan, long offset) {
        int perStep = training(plan).input() instanceof InputPlan.Groups groups ? groups.perStep() : 1;
        int readAhead = Math.max(LEAST_READ_AHEAD, machine.readAheadSteps() * perStep);
        return new KafkaGroupFeed(connection, inputs().groups(plan), plan.run().runId(), offset, readAhead);
    }

    private LogInputs inputs() {
        return new LogInputs(connection, serdes, clock);
    }

    private static TrainingPlan training(RunPlan plan) {
        return plan.training().orElseThrow(() -> new IllegalStateException("the run is not trained"));
    }
}
