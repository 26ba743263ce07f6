package dev.tracerl.trainer.learn;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.in.InitialParameters;
import dev.tracerl.trainer.in.InitialState;
import dev.tracerl.trainer.plan.ModelPlan;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.Beginning;
import dev.tracerl.trainer.train.FixedPolicy;
import dev.tracerl.trainer.train.Learner;
import dev.tracerl.trainer.train.ModelFixedPolicy;
import dev.tracerl.trainer.train.ModelLearner;
import dev.tracerl.trainer.train.ModelValueLearner;
import dev.tracerl.trainer.train.ValueLearner;
import dev.tracerl.trainer.train.ValueSettings;
import java.util.function.Supplier;

/**
 * Tensors on PyTorch, and weights from the log.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 * @param device where the network is trained
 */
public record ModelTensors(Connection connection, AvroSerdes serdes, ModelLearner.Device device) {

    /** The tensors of a run. */
    public TensorPorts of(RunSpec run, RunPlan plan) {
        return of(plan, () -> new InitialState(connection, serdes).read(run, plan.model()));
    }

    /** The tensors of a run that has published its first weights, which are read from its log. */
    public TensorPorts ofLog(RunPlan plan) {
        return of(plan, () -> Beginning.of(base(plan)));
    }

    private TensorPorts of(RunPlan plan, Supplier<Beginning> initial) {
        return new TensorPorts(
                tensors -> learners(plan).open(tensors),
                tensors -> values(plan).open(tensors),
                parameters -> fixed(plan).open(parameters),
                initial,
                () -> base(plan),
                device);
    }

    private WeightBytes base(RunPlan plan) {
        return new InitialParameters(connection, serdes)
                .base(plan.run().runId(), plan.model().config());
    }

    private Learner.Factory learners(RunPlan plan) {
        ModelPlan model = plan.model();
        ModelLearner.Subject subject =
                new ModelLearner.Subject(model.config(), model.optimizer(), model.trainable(), () -> base(plan));
        return ModelLearner.on(device, subject, training(plan).loss(), model.compute());
    }

    private ValueLearner.Factory values(RunPlan plan) {
        ValueSettings value =
                training(plan).value().orElseThrow(() -> new IllegalStateException("the run has no value model"));
        return ModelValueLearner.on(
                device,
                plan.model().config(),
                plan.model().optimizer(),
                value.clip(),
                plan.model().compute());
    }

    private FixedPolicy.Factory fixed(RunPlan plan) {
        return ModelFixedPolicy.on(
                device,
                plan.model().config(),
                training(plan).loss().temperature(),
                plan.model().compute().precision());
    }

    private static TrainingPlan training(RunPlan plan) {
        return plan.training().orElseThrow(() -> new IllegalStateException("the run is not trained"));
    }
}
