package dev.tracerl.schemas.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.CacheRule;
import dev.tracerl.schemas.avro.Correction;
import dev.tracerl.schemas.avro.CurriculumSpec;
import dev.tracerl.schemas.avro.EarlyStop;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.Schedule;
import dev.tracerl.schemas.avro.Slices;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunRulesTest {

    private static final ModelShape BLOCKS = new ModelShape(64, true, false);
    private static final ModelShape SHIFTED = new ModelShape(64, false, true);

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"TRACERL", "SFT", "EVALUATION"})
    void aGoodRunHasNoWrongValue(Method method) {
        // Given
        RunSpec run = run();
        run.setMethod(method);

        // Then
        assertThat(RunRules.wrong(run)).isEmpty();
        assertThat(ModelRules.wrong(run, BLOCKS)).isEmpty();
        assertThat(ModelRules.wrong(run, SHIFTED)).isEmpty();
    }

    @Test
    void everyWrongValueIsListedByItsKey() {
        // Given
        RunSpec run = run();
        run.getGroups().setGroupsPerStep(-3);
        run.getSampler().setStepsPerBlock(9);
        run.getStop().setMaxSteps(-5);
        run.getOptimizer().setLearningRate(-1);
        run.setRunId("Bad Name");

        // When
        List<WrongValue> wrong = RunRules.wrong(run);

        // Then
        assertThat(wrong)
                .extracting(WrongValue::toString)
                .containsExactly(
                        "runId must be 1 to 100 lower-case letters, digits, dashes and dots, starting with a letter or"
                                + " digit, not 'Bad Name'",
                        "sampler.stepsPerBlock must be from 1 to blockSize, which is 4, not 9: a step reveals a token"
                                + " at least",
                        "groups.groupsPerStep must be at least 1, not -3",
                        "optimizer.learningRate must be finite and above 0, not -1.0",
                        "stop.maxSteps must be at least 0, not -5");
    }

    @Test
    void whatARunOnlyEvaluatesIsNotTrained() {
        // Given
        RunSpec run = run();
        run.setMethod(Method.EVALUATION);
        run.setTasks(List.of());
        run.getGroups().setGroupsPerStep(0);
        run.getOptimizer().setLearningRate(0);

        // Then
        assertThat(RunRules.wrong(run)).isEmpty();
    }

    static Stream<Arguments> wrongTraining() {
        return Stream.of(
                wrong(run -> run.setTasks(List.of()), "tasks must name"),
                wrong(run -> run.getGroups().setSamplesPerGroup(0), "groups.samplesPerGroup must be at least 1, not 0"),
                wrong(run -> run.getGroups().setMaxLag(-1), "groups.maxLag must be at least 0, not -1"),
                wrong(run -> run.getGroups().setTimeoutMillis(0), "groups.timeoutMillis must be at least 1, not 0"),
                wrong(
                        run -> run.getGroups()
                                .setCurriculum(
                                        CurriculumSpec.newBuilder().setNewest(0).build()),
                        "groups.curriculum.newest must be in (0, 1], not 0.0"),
                wrong(run -> run.getLoss().setClip(1), "loss.clip must be in (0, 1), not 1.0"),
                wrong(run -> run.getLoss().setMinibatches(5), "loss.minibatches must be from 1 to 4, not 5"),
                wrong(run -> run.getLoss().setMaskHigh(2), "loss.maskHigh must be in [0, 1], not 2.0"),
                wrong(
                        run -> {
                            run.getLoss().setCorrection(Correction.ICEPOP);
                            run.getLoss().setCorrectionHigh(0.5);
                        },
                        "loss.correctionHigh must be above 0.5, not 0.5"),
                wrong(
                        run -> {
                            run.getOptimizer().setSchedule(Schedule.COSINE);
                            run.getOptimizer().setRampUpdates(10);
                            run.getOptimizer().setTotalUpdates(5);
                        },
                        "optimizer.totalUpdates must be 0 or at least rampUpdates, which is 10, not 5"),
                wrong(run -> run.getOptimizer().setBeta2(1), "optimizer.beta2 must be in [0, 1), not 1.0"),
                wrong(
                        run -> {
                            run.setValue(
                                    ValueSpec.newBuilder().setLearningRate(1).build());
                            run.getLoss().setSlices(Slices.COUPLED);
                        },
                        "loss.slices must be TRACE with a value model, not COUPLED"));
    }

    static Stream<Arguments> wrongSamplers() {
        return Stream.of(
                wrong(run -> run.getSampler().setTopP(0), "sampler.topP must be in (0, 1], not 0.0"),
                wrong(
                        run -> run.getSampler().setCacheRule(CacheRule.RECOMPUTE),
                        "sampler.cacheRule must be KEEP, not RECOMPUTE"),
                wrong(
                        run -> {
                            run.getSampler().setUnmasking(Unmasking.DYNAMIC);
                            run.getSampler().setThreshold(1.5);
                        },
                        "sampler.threshold must be in [0, 1], not 1.5"),
                wrong(
                        run -> run.setEvaluation(List.of(plan(sampler().setTemperature(-1)))),
                        "evaluation[0].sampler.temperature must be finite and at least 0, not -1.0"));
    }

    static Stream<Arguments> wrongBeginningsAndEnds() {
        return Stream.of(
                wrong(
                        run -> run.getModel()
                                .setInitial(InitialWeights.newBuilder()
                                        .setSource(WeightSource.CHECKPOINT)
                                        .build()),
                        "model.initial.path must be given for source CHECKPOINT"),
                wrong(
                        run -> {
                            run.getModel()
                                    .setLora(LoraSpec.newBuilder()
                                            .setRank(2)
                                            .setAlpha(1)
                                            .setTargets(List.of(".*"))
                                            .build());
                            run.getModel().setTrainable(List.of(".*"));
                        },
                        "model.trainable must be empty with model.lora"),
                wrong(run -> run.getStop().setTargetAccuracy(0.5), "stop needs both targetSet and targetAccuracy"),
                wrong(
                        run -> {
                            run.getStop().setTargetSet("other");
                            run.getStop().setTargetAccuracy(0.5);
                        },
                        "stop.targetSet must be a set of the evaluation plan, not 'other'"),
                wrong(run -> run.getWeights().setStore(StoreKind.S3), "weights.store must be KAFKA, or FILE"),
                wrong(run -> run.getWeights().setKeepLast(0), "weights.keepLast must be at least 1, not 0"));
    }

    @ParameterizedTest
    @MethodSource({"wrongTraining", "wrongSamplers", "wrongBeginningsAndEnds"})
    void aWrongValueIsNamedOnce(Consumer<RunSpec> change, String problem) {
        // Given
        RunSpec run = run();
        change.accept(run);

        // When
        List<WrongValue> wrong = RunRules.wrong(run);

        // Then
        assertThat(wrong)
                .singleElement()
                .extracting(WrongValue::toString)
                .asString()
                .startsWith(problem);
    }

    @Test
    void aModelWithBlockAttentionRefusesWhatIsForFullAttention() {
        // Given
        RunSpec run = run();
        run.getSampler().setMaxTokens(64);
        run.getSampler().setEarlyStop(EarlyStop.END_OF_TEXT);
        run.getLoss().setMaskedCopies(3);
        run.setEvaluation(List.of(plan(sampler().setPrefixCache(true))));

        // Then
        assertThat(ModelRules.wrong(run, BLOCKS))
                .extracting(WrongValue::key)
                .containsExactly(
                        "sampler.maxTokens",
                        "sampler.earlyStop",
                        "loss.maskedCopies",
                        "evaluation[0].sampler.prefixCache");
    }

    @Test
    void aModelWithFullAttentionRefusesWhatIsForBlocks() {
        // Given
        RunSpec run = run();
        run.getSampler().setMaxTokens(18);
        run.getSampler().setStepsPerBlock(1);
        run.getLoss().setPartition(Partition.RESPONSE);

        // Then
        assertThat(ModelRules.wrong(run, SHIFTED))
                .extracting(WrongValue::toString)
                .containsExactly(
                        "sampler.maxTokens must be a multiple of blockSize, which is 4, for a model with full attention,"
                                + " not 18",
                        "sampler.stepsPerBlock must be at least 2 for a model with shifted scores: its first step reveals"
                                + " one token only",
                        "loss.partition must be ABSOLUTE for a model with full attention, which has no blocks, not"
                                + " RESPONSE");
    }

    private static Arguments wrong(Consumer<RunSpec> change, String problem) {
        return Arguments.of(change, problem);
    }

    private static EvaluationPlan plan(SamplerSpec.Builder sampler) {
        return EvaluationPlan.newBuilder()
                .setSet("test")
                .setCount(5)
                .setSampler(sampler.build())
                .build();
    }

    private static SamplerSpec.Builder sampler() {
        return SamplerSpec.newBuilder()
                .setBlockSize(4)
                .setStepsPerBlock(4)
                .setUnmasking(Unmasking.STATIC)
                .setMaxTokens(20);
    }

    private static RunSpec run() {
        return RunSpec.newBuilder()
                .setRunId("run")
                .setMethod(Method.TRACERL)
                .setSeed(1)
                .setModel(ModelSpec.newBuilder()
                        .setConfig("{}")
                        .setTokenizer("{}")
                        .setInitial(InitialWeights.newBuilder()
                                .setSource(WeightSource.RANDOM)
                                .build())
                        .build())
                .setTasks(List.of(
                        TaskSet.newBuilder().setSet("train").setCount(10).build()))
                .setSampler(sampler().build())
                .setGroups(GroupSpec.newBuilder()
                        .setGroupsPerStep(4)
                        .setSamplesPerGroup(8)
                        .build())
                .setLoss(LossSpec.newBuilder().build())
                .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(3e-4).build())
                .setEvaluation(List.of(plan(sampler())))
                .setStop(StopRule.newBuilder().setMaxSteps(5).build())
                .setWeights(WeightPlan.newBuilder().build())
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
