package dev.tracerl.trainer.plan;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.trainer.state.RunIdentity;
import java.util.List;
import java.util.Optional;

/** Checks a run and plans its training. */
public final class Planner {

    private Planner() {}

    /**
     * The plan of a run.
     *
     * @throws RefusedRunException if the run cannot be trained as it is specified, with every reason
     */
    public static RunPlan plan(RunSpec spec) {
        Problems problems = new Problems();
        problems.require(
                spec.getMethod() != Method.UNKNOWN, "the method is unknown to this release; update the services");
        Optional<ModelPlan> model = model(spec, problems);
        initial(spec.getModel().getInitial(), problems);
        weights(spec.getWeights(), problems);
        model.ifPresent(plan -> positions(spec, plan.config(), problems));
        model.ifPresent(plan -> evaluations(spec, plan.config(), problems));
        ModelPlan checked = problems.checked(model);
        Optional<TrainingPlan> training = spec.getMethod() == Method.EVALUATION
                ? Optional.empty()
                : Optional.of(TrainingPlanner.plan(spec, checked.config()));
        return new RunPlan(
                new RunIdentity(spec.getRunId(), spec.getCreatedAt().toEpochMilli(), spec.getSeed()),
                checked,
                training,
                new OutputPlan(
                        spec.getWeights(),
                        spec.getStop(),
                        spec.getEvaluation(),
                        spec.getModel().getLora() != null));
    }

    private static Optional<ModelPlan> model(RunSpec spec, Problems problems) {
        ModelSpec model = spec.getModel();
        Optional<ModelConfig> config = problems.attempt("model.config", () -> ModelConfig.fromJson(model.getConfig()));
        Optional<OptimizerSettings> optimizer = problems.attempt("optimizer", () -> optimizer(spec.getOptimizer()));
        Optional<Trainable> trainable = config.flatMap(shape -> trainable(spec, shape, problems));
        return config.isEmpty() || optimizer.isEmpty() || trainable.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelPlan(
                        config.get(), optimizer.get(), model.getInitial(), trainable.get(), compute(model)));
    }

    private static ComputeSettings compute(ModelSpec model) {
        return new ComputeSettings(Precision.valueOf(model.getCompute().name()), model.getCheckpointing());
    }

    private static Optional<Trainable> trainable(RunSpec spec, ModelConfig config, Problems problems) {
        List<String> patterns = spec.getModel().getTrainable();
        LoraSpec lora = spec.getModel().getLora();
        if (lora == null) {
            return problems.attempt("model.trainable", () -> TrainableParameters.of(patterns, config));
        }
        problems.require(
                patterns.isEmpty(), "model.lora trains adapters instead of parameters; leave model.trainable empty");
        return problems.attempt("model.lora", () -> TrainableParameters.of(lora, config, spec.getSeed()));
    }

    private static OptimizerSettings optimizer(OptimizerSpec spec) {
        return new OptimizerSettings(
                spec.getBeta1(), spec.getBeta2(), spec.getEpsilon(), spec.getWeightDecay(), spec.getGradientClip());
    }

    private static void initial(InitialWeights initial, Problems problems) {
        switch (initial.getSource()) {
            case RANDOM -> {}
            case CHECKPOINT ->
                problems.require(initial.getPath() != null, "model.initial: source CHECKPOINT needs a path");
            case RUN -> problems.require(initial.getRunId() != null, "model.initial: source RUN needs a runId");
        }
        problems.require(
                initial.getOptimizerState() == OptimizerStart.FRESH || initial.getSource() == WeightSource.RUN,
                "model.initial: optimizerState KEEP is another run's; it needs source RUN, not " + initial.getSource());
    }

    /** A stage with longer responses needs a model with more positions. */
    private static void positions(RunSpec spec, ModelConfig config, Problems problems) {
        int tokens = spec.getSampler().getMaxTokens();
        problems.require(
                tokens < config.maxPositions(),
                "sampler.maxTokens is " + tokens + ", but the model has " + config.maxPositions()
                        + " positions for prompt and response together; raise max_position_embeddings in model.config");
    }

    /** Rollouts refuse such a run, too; but nothing of it should begin. */
    private static void evaluations(RunSpec spec, ModelConfig config, Problems problems) {
        for (EvaluationPlan plan : spec.getEvaluation()) {
            problems.attempt(
                    "sampler of evaluation " + plan.getSet(), () -> Samplers.settings(plan.getSampler(), config));
        }
    }

    private static void weights(WeightPlan weights, Problems problems) {
        problems.require(
                weights.getStore() != StoreKind.S3,
                "weights.store: S3 is not available yet, use KAFKA, or FILE with a bucket that is mounted as a folder");
        problems.require(
                weights.getLocation() == null,
                "weights.location is not read: where the weight folder is, the services' own configuration says"
                        + " (tracerl.weight-folder)");
        problems.require(weights.getPublishEverySteps() > 0, "weights.publishEverySteps must be at least 1");
        problems.require(weights.getCheckpointEverySteps() > 0, "weights.checkpointEverySteps must be at least 1");
        problems.require(
                weights.getStateEverySteps() >= 0,
                "weights.stateEverySteps must be at least 0, which leaves the state of the last step only");
        problems.require(weights.getKeepStates() > 0, "weights.keepStates must be at least 1");
        problems.require(weights.getKeepLast() > 0, "weights.keepLast must be at least 1");
        problems.require(weights.getKeepEvery() >= 0, "weights.keepEvery must be at least 0");
        problems.require(weights.getChunkBytes() > 0, "weights.chunkBytes must be at least 1");
    }
}
