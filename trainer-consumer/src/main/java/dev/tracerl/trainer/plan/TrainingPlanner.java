package dev.tracerl.trainer.plan;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.KlReference;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.trainer.train.StepSettings;
import dev.tracerl.trainer.train.StepSettings.Denominator;
import dev.tracerl.trainer.train.StepSettings.Recorded;
import dev.tracerl.trainer.train.ValueSettings;
import java.util.Optional;

/** Plans the training of a run that has any. */
final class TrainingPlanner {

    private final RunSpec spec;
    private final ModelConfig model;
    private final Packing packing;
    private final Problems problems = new Problems();

    private TrainingPlanner(RunSpec spec, ModelConfig model) {
        this.spec = spec;
        this.model = model;
        this.packing = new Packing(spec, model);
    }

    /** @throws RefusedRunException with every reason */
    static TrainingPlan plan(RunSpec spec, ModelConfig model) {
        return new TrainingPlanner(spec, model).plan();
    }

    private TrainingPlan plan() {
        Optional<SamplerSettings> sampler =
                problems.attempt("sampler", () -> Samplers.settings(spec.getSampler(), model));
        Optional<LossSettings> loss = problems.attempt("loss", this::loss);
        Optional<LearningRateSchedule> schedule =
                problems.attempt("optimizer", () -> Schedules.of(spec.getOptimizer()));
        Optional<PackSettings> pack = problems.attempt("loss", packing::settings);
        Optional<InputPlan> input = problems.attempt("loss", () -> packing.input(unitsPerStep()));
        packing.check(problems);
        Optional<Denominator> denominator =
                spec.getMethod() == Method.TRACERL ? sampler.map(this::denominator) : Optional.of(new Recorded());
        Optional<ValueSettings> value = new ValuePlanner(spec, problems).plan();
        problems.throwIfAny();
        return new TrainingPlan(
                problems.checked(input),
                problems.checked(pack),
                problems.checked(loss),
                steps(problems.checked(denominator), problems.checked(schedule)),
                value,
                spec.getGroups().getRewardDiscount());
    }

    /** What a step's minibatches are made of: groups, or demonstrations. */
    private int unitsPerStep() {
        GroupSpec groups = spec.getGroups();
        return spec.getMethod() == Method.SFT
                ? groups.getGroupsPerStep() * groups.getSamplesPerGroup()
                : groups.getGroupsPerStep();
    }

    private Denominator denominator(SamplerSettings sampler) {
        return new Denominators(spec, sampler, packing.view(temperature()), problems).plan();
    }

    private LossSettings loss() {
        LossSpec loss = spec.getLoss();
        LossSettings.Kind kind =
                spec.getMethod() == Method.SFT ? LossSettings.Kind.CROSS_ENTROPY : LossSettings.Kind.CLIPPED;
        KlEstimator estimator = switch (loss.getKlEstimator()) {
            case K1 -> KlEstimator.K1;
            case K3 -> KlEstimator.K3;
        };
        return new LossSettings(kind, loss.getClip(), loss.getKlCoefficient(), estimator, temperature(), 1);
    }

    /** The sampler's temperature is the trainer's: both speak of the same policy. */
    private double temperature() {
        double temperature = spec.getSampler().getTemperature();
        return spec.getMethod() == Method.SFT || temperature <= 0 ? 1 : temperature;
    }

    private StepSettings.Anchor anchor() {
        boolean used = spec.getMethod() == Method.TRACERL && spec.getLoss().getKlCoefficient() > 0;
        return used && spec.getLoss().getKlReference() == KlReference.INITIAL
                ? StepSettings.Anchor.INITIAL
                : StepSettings.Anchor.OLD;
    }

    private StepSettings steps(Denominator denominator, LearningRateSchedule schedule) {
        LossSpec loss = spec.getLoss();
        return new StepSettings(
                loss.getMinibatches(), loss.getEpochs(), loss.getMicroBatchTokens(), denominator, schedule, anchor());
    }
}
