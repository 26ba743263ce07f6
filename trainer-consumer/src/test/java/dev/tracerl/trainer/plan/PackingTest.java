package dev.tracerl.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.TrainedPadding;
import dev.tracerl.core.policy.TrainingView;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.EarlyStop;
import dev.tracerl.schemas.avro.LogProbSource;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Slices;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.ResponsePacker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PackingTest {

    @Test
    void blocksStartWhereTheRunWantsThem() {
        // Given
        RunSpec run = run();

        // Then
        assertThat(packing(run, Layout.ABSOLUTE_BLOCKS).settings().layout()).isEqualTo(Layout.ABSOLUTE_BLOCKS);
        assertThat(packing(run, Layout.ABSOLUTE_BLOCKS).view(1).blockAligned()).isTrue();
        run.getLoss().setPartition(Partition.RESPONSE);
        assertThat(packing(run, Layout.ABSOLUTE_BLOCKS).settings().layout()).isEqualTo(Layout.RESPONSE_BLOCKS);
        assertThat(packing(run, Layout.ABSOLUTE_BLOCKS).view(1).blockAligned()).isFalse();
    }

    @Test
    void recordedLogProbabilitiesAreRefusedWhereBlocksStartElsewhere() {
        // Given
        RunSpec run = run();
        run.getLoss().setPartition(Partition.RESPONSE);

        // Then
        assertThatThrownBy(() -> Planner.plan(run))
                .hasMessageContaining("training blocks start at the response, sampling blocks at the prompt");
        run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);
        assertThat(Planner.plan(run).training().orElseThrow().pack().layout()).isEqualTo(Layout.RESPONSE_BLOCKS);
    }

    @Test
    void paddingAndTheEndOfTextAreTrainedAfterTheText() {
        // Given
        RunSpec run = run();
        run.getLoss().setTrainablePadding(4);

        // Then
        assertThat(Planner.plan(run).training().orElseThrow().pack().padding())
                .isEqualTo(new TrainedPadding(4, Set.of(TestRuns.MODEL.eosTokenId(), TestRuns.MODEL.padTokenId())));
    }

    @Test
    void withBlocksEveryTokenDrawsItsOwnProbability() {
        // Given
        RunSpec run = run();
        run.getLoss().setSlices(Slices.COUPLED);

        // Then
        assertThat(packing(run, Layout.ABSOLUTE_BLOCKS).slices())
                .isEqualTo(new ResponsePacker.Random(new MaskRange(1, 0.5, 0.5), true));
    }

    @Test
    void withFullAttentionEveryRowDrawsItsProbability() {
        // Given
        RunSpec run = run();
        run.getLoss().setSlices(Slices.RANDOM);
        run.getLoss().setMaskedCopies(35);

        // Then
        assertThat(packing(run, Layout.FULL).slices())
                .isEqualTo(new ResponsePacker.Random(new MaskRange(35, 0.1, 0.9), false));
    }

    @ParameterizedTest
    @EnumSource(
            value = Slices.class,
            names = {"RANDOM", "COUPLED"})
    void recordedLogProbabilitiesAreRefusedForRandomMasks(Slices slices) {
        // Given
        RunSpec run = run();
        run.getLoss().setSlices(slices);

        // Then
        assertThatThrownBy(() -> Planner.plan(run))
                .hasMessageContaining("random masks show other contexts than the recorded trace");
        run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);
        assertThat(Planner.plan(run).training()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"FULL", "FULL_SHIFTED"})
    void theTrainersViewOfFullAttentionHasNoBlocks(Layout family) {
        // When
        Packing packing = packing(run(), family);

        // Then
        assertThat(packing.settings().layout()).isEqualTo(family);
        assertThat(packing.view(0.8))
                .isEqualTo(new TrainingView(TrainingView.Attention.FULL, TrainingView.Slices.TRACE, 1, true, 4, 0.8));
    }

    @Test
    void paddingThatAnEarlyStopFilledInHasNoRecordedProbability() {
        // Given
        RunSpec run = run();
        run.getModel().setConfig(model("llada").toJson());
        run.getSampler().setEarlyStop(EarlyStop.PAD_BLOCK);
        assertThat(Planner.plan(run).training()).isPresent();
        run.getLoss().setTrainablePadding(4);

        // Then
        assertThatThrownBy(() -> Planner.plan(run))
                .hasMessageContaining(
                        "padding after an early stop was filled in, not drawn, and trainablePadding is 4");
        run.getLoss().setLogProbs(LogProbSource.RECOMPUTE);
        assertThat(Planner.plan(run).training()).isPresent();
    }

    @Test
    void aPrefixCacheOfTheSamplerIsPartOfTheView() {
        // Given
        RunSpec run = run();
        run.getSampler().setPrefixCache(true);

        // When
        TrainingView view = packing(run, Layout.FULL).view(0.8);

        // Then
        assertThat(view.attention()).isEqualTo(TrainingView.Attention.FULL_WITH_PREFIX_CACHE);
    }

    @ParameterizedTest
    @CsvSource({"sdar,ABSOLUTE_BLOCKS", "llada,FULL", "mmada,FULL", "Dream,FULL_SHIFTED"})
    void theLayoutIsThatOfTheModelsFamily(String modelType, Layout layout) {
        assertThat(new Packing(run(), model(modelType)).settings().layout()).isEqualTo(layout);
    }

    @Test
    void shrinkAppliesToDemonstrationsToo() {
        // Given
        RunSpec run = TestRuns.run("run", Method.SFT).build();
        run.getLoss().setShrink(8);

        // Then
        assertThat(packing(run, Layout.FULL).settings().shrink()).isEqualTo(8);
        assertThat(packing(run, Layout.FULL).order()).isEqualTo(new DemonstrationPacker.RandomOrder(1));
    }

    private static ModelConfig model(String modelType) {
        return new ModelConfig(
                modelType, 14, 16, 32, 1, 2, 1, 8, 1e-6, 10_000, false, false, true, 64, 4, 12, List.of(11), 13, 0.02);
    }

    private static Packing packing(RunSpec run, Layout family) {
        return new Packing(run, TestRuns.MODEL, family);
    }

    private static RunSpec run() {
        return TestRuns.run("run", Method.TRACERL).build();
    }
}
