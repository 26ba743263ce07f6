package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.ResponsePacker;
import dev.tracerl.trainer.in.DemonstrationSource;
import dev.tracerl.trainer.in.LogInputs;
import dev.tracerl.trainer.in.MovedDemonstrations;
import dev.tracerl.trainer.in.RecordedDemonstrations;
import dev.tracerl.trainer.in.RecordedGroups;
import dev.tracerl.trainer.in.RecordedInput;
import dev.tracerl.trainer.in.RecordedPlaces;
import dev.tracerl.trainer.plan.InputPlan;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.stop.StopSignal;
import java.time.Clock;
import org.apache.kafka.common.TopicPartition;

/**
 * Opens what recorded steps used.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 * @param places where their records are
 * @param stop ends it
 */
record RecordedInputs(Connection connection, AvroSerdes serdes, RecordedPlaces places, StopSignal stop) {

    /** The input of the steps after a state. */
    RecordedInput open(RunPlan plan, TrainingPlan training, TrainerState state) {
        LogInputs inputs = new LogInputs(connection, serdes, Clock.systemUTC());
        if (training.input() instanceof InputPlan.Demonstrations demonstrations) {
            String topic = RunTopics.of(plan.run().runId()).demonstrations().name();
            DemonstrationSource source = new DemonstrationSource(
                    demonstrations.perStep(),
                    new DemonstrationPacker(training.pack(), demonstrations.order(), demonstrations.seed()),
                    new MovedDemonstrations(
                            inputs.demonstrations(plan, training), places, new TopicPartition(topic, 0)),
                    refused -> {}, // the run has written it down
                    stop,
                    state);
            return new RecordedDemonstrations(source, state);
        }
        InputPlan.Groups groups = (InputPlan.Groups) training.input();
        ResponsePacker packer = new ResponsePacker(training.pack(), groups.slices(), groups.seed());
        return new RecordedGroups(connection, inputs.groups(plan), packer, places);
    }
}
