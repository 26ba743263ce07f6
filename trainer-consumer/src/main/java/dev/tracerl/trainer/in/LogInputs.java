package dev.tracerl.trainer.in;

import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.trainer.batch.DemonstrationReader;
import dev.tracerl.trainer.batch.GroupReader;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import java.time.Clock;

/**
 * How the records of a run's input are read and checked.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 * @param clock time of dead letters
 */
public record LogInputs(Connection connection, AvroSerdes serdes, Clock clock) {

    /** Reads training groups. */
    public GroupDecoder groups(RunPlan plan) {
        return new GroupDecoder(
                serdes.deserializer(TrainingGroup.class),
                new GroupReader(plan.run().runId(), plan.model().config().vocabSize()),
                clock);
    }

    /** Reads demonstrations, from the start of their topic. */
    public DemonstrationFeed demonstrations(RunPlan plan, TrainingPlan training) {
        ModelConfig model = plan.model().config();
        PackSettings pack = training.pack();
        int filler = pack.layout().full() ? model.padTokenId() : model.eosTokenId();
        DemonstrationReader reader = new DemonstrationReader(model.vocabSize(), model.maxPositions(), pack, filler);
        return new KafkaDemonstrationFeed(connection, serdes, reader, plan.run().runId(), clock);
    }
}
