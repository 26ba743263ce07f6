package dev.tracerl.trainer.run;

import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.trainer.batch.DemonstrationReader;
import dev.tracerl.trainer.batch.GroupReader;
import dev.tracerl.trainer.in.DemonstrationFeed;
import dev.tracerl.trainer.in.GroupDecoder;
import dev.tracerl.trainer.in.GroupFeed;
import dev.tracerl.trainer.in.InitialParameters;
import dev.tracerl.trainer.in.KafkaDemonstrationFeed;
import dev.tracerl.trainer.in.KafkaGroupFeed;
import dev.tracerl.trainer.out.KafkaTrainerLog;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.InputPlan;
import dev.tracerl.trainer.plan.ModelPlan;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.CheckpointStore;
import dev.tracerl.trainer.train.FixedPolicy;
import dev.tracerl.trainer.train.Learner;
import dev.tracerl.trainer.train.ModelFixedPolicy;
import dev.tracerl.trainer.train.ModelLearner;
import dev.tracerl.trainer.train.ModelValueLearner;
import dev.tracerl.trainer.train.ValueLearner;
import dev.tracerl.trainer.train.ValueSettings;
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

    TrainerLog log(RunSpec spec) {
        return new KafkaTrainerLog(
                connection, serdes, spec.getRunId(), spec.getWeights().getChunkBytes(), clock);
    }

    Ports ports(RunPlan plan, TrainerLog.Factory logs, Ports.Controls controls) {
        Path directory =
                machine.dataDir().resolve(plan.run().runId() + "-" + plan.run().createdAt());
        return new Ports(
                logs,
                new Ports.Inputs(offset -> groups(plan, offset), () -> demonstrations(plan)),
                new Ports.TensorPorts(
                        tensors -> learners(plan).open(tensors),
                        tensors -> values(plan).open(tensors),
                        parameters -> fixed(plan).open(parameters),
                        () -> new InitialParameters(connection, serdes).read(plan.model()),
                        () -> base(plan)),
                new CheckpointStore(directory),
                controls);
    }

    private byte[] base(RunPlan plan) {
        return new InitialParameters(connection, serdes)
                .base(plan.run().runId(), plan.model().config());
    }

    private GroupFeed groups(RunPlan plan, long offset) {
        GroupDecoder decoder = new GroupDecoder(
                serdes.deserializer(TrainingGroup.class),
                new GroupReader(plan.run().runId(), plan.model().config().vocabSize()),
                clock);
        int perStep = training(plan).input() instanceof InputPlan.Groups groups ? groups.perStep() : 1;
        int readAhead = Math.max(LEAST_READ_AHEAD, machine.readAheadSteps() * perStep);
        return new KafkaGroupFeed(connection, decoder, plan.run().runId(), offset, readAhead);
    }

    private DemonstrationFeed demonstrations(RunPlan plan) {
        ModelConfig model = plan.model().config();
        PackSettings pack = training(plan).pack();
        int filler = pack.layout().full() ? model.padTokenId() : model.eosTokenId();
        DemonstrationReader reader = new DemonstrationReader(model.vocabSize(), model.maxPositions(), pack, filler);
        return new KafkaDemonstrationFeed(connection, serdes, reader, plan.run().runId(), clock);
    }

    private Learner.Factory learners(RunPlan plan) {
        ModelPlan model = plan.model();
        ModelLearner.Subject subject =
                new ModelLearner.Subject(model.config(), model.optimizer(), model.trainable(), () -> base(plan));
        return ModelLearner.on(machine.device(), subject, training(plan).loss(), model.compute());
    }

    private ValueLearner.Factory values(RunPlan plan) {
        ValueSettings value =
                training(plan).value().orElseThrow(() -> new IllegalStateException("the run has no value model"));
        return ModelValueLearner.on(
                machine.device(),
                plan.model().config(),
                plan.model().optimizer(),
                value.clip(),
                plan.model().compute());
    }

    private FixedPolicy.Factory fixed(RunPlan plan) {
        return ModelFixedPolicy.on(
                machine.device(),
                plan.model().config(),
                training(plan).loss().temperature(),
                plan.model().compute().precision());
    }

    private static TrainingPlan training(RunPlan plan) {
        return plan.training().orElseThrow(() -> new IllegalStateException("the run is not trained"));
    }
}
