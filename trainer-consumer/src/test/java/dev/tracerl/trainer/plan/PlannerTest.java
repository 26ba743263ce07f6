package dev.tracerl.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.schemas.avro.Compute;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.KlReference;
import dev.tracerl.schemas.avro.LogProbSource;
import dev.tracerl.schemas.avro.Masking;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Normalization;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.ResponsePacker;
import dev.tracerl.trainer.train.StepSettings;
import dev.tracerl.trainer.train.StepSettings.Recomputed;
import dev.tracerl.trainer.train.StepSettings.Recorded;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PlannerTest {

    @Test
    void groupsAreTrainedWithTheSamplersTemperatureAndLength() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getSampler().setTemperature(0.8);
        run.getGroups().setMaxLag(3);
        run.getLoss().setNormalization(Normalization.STEPS);

        // When
        TrainingPlan plan = Planner.plan(run).training().orElseThrow();

        // Then
        assertThat(plan.input()).isEqualTo(new InputPlan.Groups(2, 3, false, new ResponsePacker.Trace(), 7));
        assertThat(plan.loss().kind()).isEqualTo(LossSettings.Kind.CLIPPED);
        assertThat(plan.loss().temperature()).isEqualTo(0.8);
        assertThat(plan.pack().responseLength()).isEqualTo(8);
        assertThat(plan.pack().normalization()).isEqualTo(LossNormalization.STEPS);
        assertThat(plan.steps().denominator()).isEqualTo(new Recorded());
    }

    @Test
    void gradientsAreComputedAsTheModelSays() {
        // Given
        RunSpec run = run(Method.TRACERL);
        ComputeSettings unset = Planner.plan(run).model().compute();
        run.getModel().setCompute(Compute.BF16);
        run.getModel().setCheckpointing(true);

        // Then
        assertThat(unset).isEqualTo(ComputeSettings.standard());
        assertThat(Planner.plan(run).model().compute()).isEqualTo(new ComputeSettings(Precision.BF16, true));
    }

    @Test
    void demonstrationsAreMaskedAlongATraceOrAtRandom() {
        // Given
        RunSpec run = run(Method.SFT);
        run.getSampler().setStepsPerBlock(3);

        // Then
        assertThat(input(run)).isEqualTo(demonstrations(new DemonstrationPacker.RandomOrder(2)));
        run.getLoss().setMasking(Masking.RANDOM);
        assertThat(input(run))
                .isEqualTo(demonstrations(new DemonstrationPacker.RandomMasks(new MaskRange(1, 0.1, 0.9))));
        run.getLoss().setMasking(Masking.SEMI_AUTOREGRESSIVE);
        assertThat(input(run))
                .isEqualTo(demonstrations(new DemonstrationPacker.SemiAutoregressive(new MaskRange(1, 0.1, 0.9))));
    }

    @Test
    void supervisedTrainingDoesNotCareHowResponsesWouldBeSampled() {
        // Given
        RunSpec run = run(Method.SFT);
        run.getSampler().setTopK(1);
        run.getSampler().setTemperature(0);

        // Then
        assertThat(Planner.plan(run).training().orElseThrow().loss().temperature())
                .isEqualTo(1);
    }

    @Test
    void anEvaluationIsNotTrained() {
        assertThat(Planner.plan(run(Method.EVALUATION)).training()).isEmpty();
    }

    @Test
    void anUnknownMethodIsRefused() {
        refused(run -> run.setMethod(Method.UNKNOWN), "the method is unknown to this release; update the services");
    }

    @Test
    void recordedLogProbsOfAnotherDistributionAreRefused() {
        refused(run -> run.getSampler().setTopK(5), "topK is 5");
        refused(run -> run.getSampler().setTemperature(0), "temperature is 0");
        refused(run -> run.getLoss().setShrink(2), "shrink is 2");
    }

    @Test
    void theSameRunIsTrainedWithRecomputedLogProbs() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getSampler().setTopK(5);
        run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);

        // Then
        assertThat(denominator(run)).isEqualTo(new Recomputed(Correction.CLIP));
    }

    @Test
    void staleGroupsNeedRecordedLogProbs() {
        refused(
                run -> {
                    run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);
                    run.getGroups().setMaxLag(2);
                },
                "groups.maxLag is 2 with loss.logProbs RECOMPUTE");
    }

    @Test
    void staleGroupsMayBeCorrectedFromThePolicyAtTheStartOfAStep() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getGroups().setMaxLag(4);
        run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);
        run.getLoss().setCorrection(dev.tracerl.schemas.avro.Correction.ICEPOP);
        run.getLoss().setCorrectionHigh(5);

        // Then
        assertThat(denominator(run)).isEqualTo(new Recomputed(new Correction(Correction.Kind.ICEPOP, 0.5, 5)));
    }

    @Test
    void aCorrectionNeedsBothPolicies() {
        refused(
                run -> run.getLoss().setCorrection(dev.tracerl.schemas.avro.Correction.TIS),
                "loss.correction is TIS: it corrects the policy at the start of a step");
        refused(
                run -> {
                    run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);
                    run.getLoss().setCorrection(dev.tracerl.schemas.avro.Correction.DECOUPLED);
                    run.getLoss().setShrink(2);
                },
                "loss.correction: recorded log-probabilities cannot be compared with the trainer's: shrink is 2");
    }

    @Test
    void theApproximationMustBeAskedFor() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getGroups().setMaxLag(4);
        run.getLoss().setShrink(2);
        run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);
        run.getLoss().setAcceptContextApproximation(true);

        // Then
        assertThat(denominator(run)).isEqualTo(new Recomputed(Correction.CLIP));
    }

    @Test
    void theKlTermMayKeepCloseToTheFirstWeights() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getLoss().setKlReference(KlReference.INITIAL);

        // Then
        assertThat(Planner.plan(run).training().orElseThrow().steps().anchor())
                .isEqualTo(StepSettings.Anchor.OLD); // without a KL term there is nothing to evaluate
        run.getLoss().setKlCoefficient(0.01);
        assertThat(Planner.plan(run).training().orElseThrow().steps().anchor()).isEqualTo(StepSettings.Anchor.INITIAL);
    }

    @Test
    void deterministicRunsHaveNoLag() {
        refused(
                run -> {
                    run.setDeterministic(true);
                    run.getGroups().setMaxLag(1);
                },
                "groups.maxLag must be 0 in a deterministic run, not 1");
    }

    @Test
    void moreMinibatchesThanGroupsAreRefused() {
        refused(run -> run.getLoss().setMinibatches(3), "loss.minibatches must be from 1 to 2, not 3");
    }

    @Test
    void otherStoresAreRefused() {
        refused(run -> run.getWeights().setStore(StoreKind.S3), "weights.store must be KAFKA, or FILE");
        refused(run -> run.getWeights().setLocation("/mnt"), "weights.location is not read");
    }

    @Test
    void initialWeightsNeedTheirSource() {
        refused(
                run -> run.getModel()
                        .setInitial(InitialWeights.newBuilder()
                                .setSource(WeightSource.CHECKPOINT)
                                .build()),
                "model.initial.path must be given for source CHECKPOINT");
    }

    @Test
    void aConfigurationThatIsNoneIsRefused() {
        refused(run -> run.getModel().setConfig("{}"), "model.config: ");
    }

    @Test
    void responsesMustFitTheModelsPositions() {
        refused(
                run -> run.getSampler().setMaxTokens(64),
                "sampler.maxTokens must be below the model's 64 positions for prompt and response together");
    }

    @Test
    void aSamplerThatTheModelCannotHaveIsRefused() {
        refused(
                run -> run.getSampler().setPrefixCache(true),
                "sampler.prefixCache is for models with full attention; this one has block attention");
        refused(
                run -> run.setEvaluation(List.of(EvaluationPlan.newBuilder()
                        .setSet("test")
                        .setCount(1)
                        .setSampler(TestRuns.sampler().setPadPenalty(2).build())
                        .build())),
                "evaluation[0].sampler.padPenalty is for models with full attention");
    }

    @Test
    void theBlockIsTheRuns() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getSampler().setBlockSize(8);
        run.getSampler().setStepsPerBlock(8);

        // Then
        assertThat(Planner.plan(run).training().orElseThrow().pack().blockSize())
                .isEqualTo(8);
    }

    @Test
    void everyReasonIsNamed() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getGroups().setGroupsPerStep(0);
        run.getLoss().setEpochs(0);
        run.getOptimizer().setLearningRate(-1);

        // Then
        assertThatThrownBy(() -> Planner.plan(run))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageContaining("groups.groupsPerStep must be at least 1")
                .hasMessageContaining("loss.epochs must be at least 1")
                .hasMessageContaining("optimizer.learningRate must be finite and above 0, not -1.0");
    }

    private static void refused(Consumer<RunSpec> change, String reason) {
        RunSpec run = run(Method.TRACERL);
        change.accept(run);
        assertThatThrownBy(() -> Planner.plan(run))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageContaining(reason);
    }

    private static StepSettings.Denominator denominator(RunSpec run) {
        return Planner.plan(run).training().orElseThrow().steps().denominator();
    }

    private static InputPlan input(RunSpec run) {
        return Planner.plan(run).training().orElseThrow().input();
    }

    private static InputPlan demonstrations(DemonstrationPacker.Order order) {
        return new InputPlan.Demonstrations(4, order, 7);
    }

    private static RunSpec run(Method method) {
        return TestRuns.run("run", method).build();
    }
}
