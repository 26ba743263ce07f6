package dev.tracerl.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.core.value.StepAdvantage;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.GroupReader;
import dev.tracerl.trainer.batch.ResponsePacker;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.state.ValueTensors;
import dev.tracerl.trainer.stop.StepAbandonedException;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.FakeLearner;
import dev.tracerl.trainer.support.FakeValueLearner;
import dev.tracerl.trainer.support.RealLearner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CriticTest {

    private static final PackSettings PACK =
            new PackSettings(4, 1, TestRuns.MODEL.maskTokenId(), LossNormalization.TARGETS, 8);
    private static final ResponsePacker PACKER = ResponsePacker.trace(PACK);
    private static final LearningRateSchedule RAMP =
            new LearningRateSchedule(LearningRateSchedule.Kind.CONSTANT, 1, 4, 0, 1);
    private static final StepSettings TWICE = new StepSettings(2, 1, 4096, new StepSettings.Recorded(), RAMP);

    private final FakeValueLearner learner = new FakeValueLearner(new Tensors(FakeLearner.initial()));

    @Test
    void valuesAreReadThenTheValueModelIsTrainedAsThePolicyIs() {
        // Given
        Critic critic = critic(1, 1, 1);

        // When
        Critic.Judged judged = critic.judge(groups(), 1, 1);

        // Then
        assertThat(learner.calls())
                .containsExactly("values 4", "accumulate 2 x 0.5", "apply 0.5", "accumulate 2 x 0.5", "apply 0.75");
        assertThat(judged.value().orElseThrow().loss()).hasValue(0.5);
    }

    @Test
    void anAdvantageIsWhatTheOutcomeIsMoreThanTheValueBeforeTheUpdate() {
        // Given
        List<List<Example>> groups = groups();
        float[] values = new FakeValueLearner(new Tensors(FakeLearner.initial()))
                .values(List.of(groups.get(1).get(1).packed()))[0];

        // When
        Critic.Judged judged = critic(1, 1, 1).judge(groups, 1, 0);

        // Then
        float[] advantages = judged.groups().get(1).get(1).packed().advantages();
        assertThat(advantages).hasSize(8);
        for (int t = 0; t < advantages.length; t++) {
            assertThat(advantages[t]).isCloseTo(1 - values[t], within(1e-6f));
        }
    }

    /** With full attention, in pieces of two steps; the values of the pieces are those of the whole. */
    @Test
    void longExamplesAreJudgedAndLearntInPieces() {
        // Given
        List<List<Example>> groups = List.of(new GroupReader("run", TestRuns.MODEL.vocabSize())
                .read(TestRecords.group("run", 0, 0))
                .pack(ResponsePacker.trace(PACK.withLayout(Layout.FULL))));
        StepSettings pieces = new StepSettings(1, 1, 16, new StepSettings.Recorded(), RAMP);
        Critic.Judged whole = new ValueCritic(real(trained()), settings(1, 1, 2), once(), () -> {}).judge(groups, 1, 0);

        // When
        ValueCritic critic = new ValueCritic(real(trained()), settings(1, 1, 1), pieces, () -> {});
        Critic.Judged cut = critic.judge(groups, 1, 0);

        // Then
        for (int i = 0; i < 2; i++) {
            float[] expected = whole.groups().get(0).get(i).packed().advantages();
            assertThat(cut.groups().get(0).get(i).packed().advantages()).containsExactly(expected, within(1e-4f));
        }
        assertThat(cut.value().orElseThrow().loss().orElseThrow()).isPositive();
    }

    @Test
    void stepsBetweenUpdatesJudgeOnly() {
        // Given
        Critic critic = critic(1, 1, 3);

        // When
        Critic.Judged first = critic.judge(groups(), 1, 0);
        int calls = learner.calls().size();
        Critic.Judged third = critic.judge(groups(), 3, 4);

        // Then
        assertThat(calls).isEqualTo(1);
        assertThat(first.value().orElseThrow().loss()).isEmpty();
        assertThat(third.value().orElseThrow().loss()).hasValue(0.5);
    }

    @Test
    void processRewardsAreTheRewardsOfTheTokens() {
        // Given
        List<List<Example>> groups = List.of(processRewards());
        float[] values = new FakeValueLearner(new Tensors(FakeLearner.initial()))
                .values(List.of(groups.get(0).get(0).packed()))[0];

        // When
        Critic.Judged judged = new ValueCritic(learner, settings(1, 0, 2), once(), () -> {}).judge(groups, 1, 0);

        // Then
        float[] rewards = {1, 2, 0, 0};
        float[] advantages = judged.groups().get(0).get(0).packed().advantages();
        for (int t = 0; t < 4; t++) {
            float next = t < 3 ? values[t + 1] : 0;
            assertThat(advantages[t]).isCloseTo(rewards[t] - values[t] + next, within(1e-6f));
        }
    }

    @Test
    void withoutAValueModelProcessRewardsAddUpFromTheTokensStepOn() {
        // When
        Critic.Judged judged = new RewardsToGo(0.5).judge(List.of(processRewards()), 1, 0);

        // Then
        assertThat(judged.value()).isEmpty();
        assertThat(judged.groups().get(0).get(0).packed().advantages()).containsExactly(2, 2, 0, 0);
        assertThat(judged.groups().get(0).get(1).packed().advantages()).containsOnly(1);
    }

    @Test
    void aStopSignalAbandonsTheStep() {
        // Given
        StopSignal stop = new StopSignal();
        stop.exit();
        Critic critic = new ValueCritic(learner, settings(1, 1, 1), TWICE, stop::check);

        // Then
        assertThatThrownBy(() -> critic.judge(groups(), 1, 0)).isInstanceOf(StepAbandonedException.class);
        assertThat(learner.calls()).isEmpty();
    }

    /**
     * Two groups again and again: the network finds out which responses were good. Of the first token of a response, 4 of
     * 24 targets, it sees the prompt alone, which the good and the bad response share. Measured 0.68.
     */
    @Test
    void theValueModelComesToExplainTheReturns() {
        // Given
        StepSettings step = new StepSettings(1, 1, 4096, new StepSettings.Recorded(), RAMP);
        ValueSettings value = new ValueSettings(new StepAdvantage(1, 1), 0.2, 1, LearningRateSchedule.constant(1e-2));
        try (Critic critic = new ValueCritic(real(RealLearner.fresh()), value, step, () -> {})) {
            ValueResult first = critic.judge(groups(), 1, 0).value().orElseThrow();

            // When
            ValueResult last = first;
            for (int i = 2; i <= 60; i++) {
                last = critic.judge(groups(), i, i).value().orElseThrow();
            }

            // Then
            assertThat(first.explainedVariance()).isZero();
            assertThat(last.explainedVariance()).isGreaterThan(0.5);
            assertThat(last.loss().orElseThrow()).isLessThan(0.6 * first.loss().orElseThrow());
        }
    }

    @Test
    void aRestoredCriticContinuesBitForBit() {
        // Given
        ValueTensors middle;
        ValueTensors end;
        try (Critic critic = new ValueCritic(real(RealLearner.fresh()), settings(1, 1, 1), TWICE, () -> {})) {
            critic.judge(groups(), 1, 0);
            middle = critic.tensors().orElseThrow();
            critic.judge(groups(), 2, 2);
            end = critic.tensors().orElseThrow();
        }

        // When
        ValueTensors continued;
        Tensors start = RealLearner.fresh().with(Optional.of(middle));
        try (Critic critic = new ValueCritic(real(start), settings(1, 1, 1), TWICE, () -> {})) {
            critic.judge(groups(), 2, 2);
            continued = critic.tensors().orElseThrow();
        }

        // Then
        assertThat(continued.parameters().sha256())
                .isEqualTo(end.parameters().sha256())
                .isNotEqualTo(middle.parameters().sha256());
        assertThat(continued.optimizer().sha256()).isEqualTo(end.optimizer().sha256());
    }

    @Test
    void valuesThatAreNoNumbersNameTheTrajectories() {
        try (Critic critic = new ValueCritic(real(RealLearner.broken()), settings(1, 1, 1), TWICE, () -> {})) {
            assertThatThrownBy(() -> critic.judge(groups(), 1, 0))
                    .isInstanceOfSatisfying(
                            DivergedException.class,
                            e -> assertThat(e.trajectories()).contains("run-t-000000/0"));
        }
    }

    private Critic critic(double discount, double lambda, int trainEvery) {
        return new ValueCritic(learner, settings(discount, lambda, trainEvery), TWICE, () -> {});
    }

    private static ValueSettings settings(double discount, double lambda, int trainEvery) {
        return new ValueSettings(new StepAdvantage(discount, lambda), 0.2, trainEvery, RAMP);
    }

    private static StepSettings once() {
        return new StepSettings(1, 1, 4096, new StepSettings.Recorded(), RAMP);
    }

    private static ValueLearner real(Tensors tensors) {
        return ModelValueLearner.on(
                        new ModelLearner.Device("cpu", 1),
                        TestRuns.MODEL,
                        OptimizerSettings.published(),
                        0.2,
                        ComputeSettings.standard())
                .open(tensors);
    }

    /** A value model whose values are not zero. */
    private static Tensors trained() {
        try (Critic critic = new ValueCritic(real(RealLearner.fresh()), settings(1, 1, 1), TWICE, () -> {})) {
            critic.judge(groups(), 1, 0);
            return RealLearner.fresh().with(critic.tensors());
        }
    }

    /** Of the first sample of a group of two; tokens are revealed one by one. */
    private static List<Example> processRewards() {
        TrainingGroup group = TestRecords.group("run", 0, 0);
        group.getSamples().get(0).setTokenRewards(Packed.floats(new float[] {1, 2, 0, 0}));
        return new GroupReader("run", TestRuns.MODEL.vocabSize()).read(group).pack(PACKER);
    }

    private static List<List<Example>> groups() {
        GroupReader reader = new GroupReader("run", TestRuns.MODEL.vocabSize());
        return List.of(
                reader.read(TestRecords.group("run", 0, 0)).pack(PACKER),
                reader.read(TestRecords.group("run", 1, 0)).pack(PACKER));
    }
}
