package dev.tracerl.trainer.plan;

import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.rules.ModelRules;
import dev.tracerl.schemas.rules.ModelShape;
import dev.tracerl.schemas.rules.RunRules;
import dev.tracerl.schemas.rules.WrongValue;
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
        add(RunRules.wrong(spec), problems);
        problems.throwIfAny();
        Optional<ModelPlan> model = model(spec, problems);
        model.ifPresent(plan -> add(ModelRules.wrong(spec, shape(plan.config())), problems));
        problems.throwIfAny();
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
        LoraSpec lora = spec.getModel().getLora();
        if (lora == null) {
            List<String> patterns = spec.getModel().getTrainable();
            return problems.attempt("model.trainable", () -> TrainableParameters.of(patterns, config));
        }
        return problems.attempt("model.lora", () -> TrainableParameters.of(lora, config, spec.getSeed()));
    }

    private static OptimizerSettings optimizer(OptimizerSpec spec) {
        return new OptimizerSettings(
                spec.getBeta1(), spec.getBeta2(), spec.getEpsilon(), spec.getWeightDecay(), spec.getGradientClip());
    }

    private static void add(List<WrongValue> wrong, Problems problems) {
        problems.addAll(wrong.stream().map(WrongValue::toString).toList());
    }

    private static ModelShape shape(ModelConfig config) {
        return new ModelShape(config.maxPositions(), config.attention() == Attention.BLOCK, config.shiftedLogits());
    }

    /** Rollouts refuse such a run, too; but nothing of it should begin. */
    private static void evaluations(RunSpec spec, ModelConfig config, Problems problems) {
        for (EvaluationPlan plan : spec.getEvaluation()) {
            problems.attempt(
                    "sampler of evaluation " + plan.getSet(), () -> Samplers.settings(plan.getSampler(), config));
        }
    }
}
