package dev.tracerl.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.stop.StepAbandonedException;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.Examples;
import dev.tracerl.trainer.support.FakeLearner;
import dev.tracerl.trainer.support.FakePolicy;
import dev.tracerl.trainer.train.StepSettings.Recomputed;
import dev.tracerl.trainer.train.StepSettings.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepTrainerTest {

    private static final LearningRateSchedule RAMP =
            new LearningRateSchedule(LearningRateSchedule.Kind.CONSTANT, 1, 4, 0, 1);
    private static final List<List<Example>> GROUPS = List.of(
            List.of(Examples.ofRows("a", 8), Examples.ofRows("b", 8)),
            List.of(Examples.ofRows("c", 8)),
            List.of(Examples.ofRows("d", 8)));

    private final FakeLearner learner = new FakeLearner(new Tensors(FakeLearner.initial()));

    @Test
    void everyMinibatchOfEveryEpochIsAnUpdateOverItsResponses() {
        // Given
        StepTrainer trainer = trainer(new StepSettings(2, 2, 16, new Recorded(), RAMP));

        // When
        StepResult result = trainer.train(GROUPS, 1);

        // Then
        String third = " x " + 1.0 / 3;
        assertThat(learner.calls())
                .containsExactly(
                        "accumulate 2" + third,
                        "accumulate 1" + third,
                        "apply 0.5",
                        "accumulate 1 x 1.0",
                        "apply 0.75",
                        "accumulate 2" + third,
                        "accumulate 1" + third,
                        "apply 1.0",
                        "accumulate 1 x 1.0",
                        "apply 1.0");
        assertThat(result.updates()).isEqualTo(4);
        assertThat(result.learningRate()).isEqualTo(1);
    }

    @Test
    void lossesAreMeansOverUpdatesAndRatesOverTargets() {
        // Given
        StepTrainer trainer = trainer(new StepSettings(3, 1, 1000, new Recorded(), RAMP));

        // When
        StepResult result = trainer.train(GROUPS, 0);

        // Then
        assertThat(result.loss().loss()).isEqualTo(1);
        assertThat(result.loss().clipFraction()).isEqualTo(0.1);
        assertThat(result.loss().effectiveSampleShare()).isEqualTo(0.5);
        assertThat(result.gradientNorm()).isEqualTo(3);
        assertThat(result.tokens()).isEqualTo(4);
        assertThat(result.packedTokens()).isEqualTo(32);
    }

    @Test
    void recomputedLogProbsComeBeforeAnyUpdate() {
        // Given
        StepTrainer trainer = trainer(new StepSettings(1, 1, 16, new Recomputed(Correction.CLIP), RAMP));

        // When
        StepResult result = trainer.train(GROUPS, 0);

        // Then
        assertThat(learner.calls())
                .startsWith("logProbs 2", "logProbs 2", "accumulate 2 x 0.25")
                .endsWith("apply 0.25");
        assertThat(result.packedTokens()).isEqualTo(64);
    }

    @Test
    void aLongExampleWithoutCleanTextIsTrainedInPiecesAsOneResponse() {
        // Given
        List<List<Example>> groups =
                List.of(List.of(Examples.ofCopies("a", 5, 10)), List.of(Examples.ofCopies("b", 1, 10)));
        StepTrainer trainer = trainer(new StepSettings(1, 1, 20, new Recomputed(Correction.CLIP), RAMP));

        // When
        StepResult result = trainer.train(groups, 0);

        // Then
        assertThat(learner.calls())
                .containsExactly(
                        "logProbs 1",
                        "logProbs 1",
                        "logProbs 2",
                        "accumulate 1 x 0.5",
                        "accumulate 1 x 0.5",
                        "accumulate 2 x 0.5",
                        "apply 0.25");
        assertThat(result.tokens()).isEqualTo(6);
    }

    @Test
    void aKlTermToTheFirstPolicyHasItsLogProbabilities() {
        // Given
        List<PackedExample> trained = new ArrayList<>();
        FakeLearner observed = new FakeLearner(new Tensors(FakeLearner.initial())) {
            @Override
            public StepLoss accumulate(List<PackedExample> microBatch, double scale) {
                trained.addAll(microBatch);
                return super.accumulate(microBatch, scale);
            }
        };
        StepSettings settings = new StepSettings(1, 1, 16, new Recorded(), RAMP, StepSettings.Anchor.INITIAL);
        FixedPolicy first = new FakePolicy(FakeLearner.initial());

        // When
        StepResult result = new StepTrainer(observed, settings, Optional.of(first), () -> {}).train(GROUPS, 0);

        // Then
        assertThat(trained).hasSize(4).allSatisfy(example -> {
            assertThat(example.referenceLogProbs()).containsExactly(-42);
            assertThat(example.oldLogProbs()).containsExactly(-2);
        });
        assertThat(result.packedTokens()).isEqualTo(64);
    }

    @Test
    void aCorrectionWeighsTheAdvantagesOfTokensThatBecameMoreOrLessLikely() {
        // Given
        Correction correction = new Correction(Correction.Kind.TIS, 0, 2);
        Example example = Examples.ofRows("a", 8);
        float recorded = example.packed().oldLogProbs()[0];
        float advantage = example.packed().advantages()[0];

        // When
        PackedExample halved = example.recomputed(new float[] {recorded - (float) Math.log(2)}, correction)
                .packed();
        PackedExample truncated =
                example.recomputed(new float[] {recorded + 5}, correction).packed();

        // Then
        assertThat(halved.advantages()[0]).isCloseTo(0.5f * advantage, within(1e-6f));
        assertThat(halved.oldLogProbs()[0]).isCloseTo(recorded - (float) Math.log(2), within(1e-6f));
        assertThat(truncated.advantages()[0]).isEqualTo(2 * advantage);
        assertThat(example.packed().advantages()[0]).isEqualTo(advantage);
    }

    @Test
    void aStopSignalAbandonsTheStep() {
        // Given
        StopSignal stop = new StopSignal();
        stop.exit();
        StepTrainer trainer = new StepTrainer(learner, new StepSettings(1, 1, 16, new Recorded(), RAMP), stop::check);

        // Then
        assertThatThrownBy(() -> trainer.train(GROUPS, 0)).isInstanceOf(StepAbandonedException.class);
        assertThat(learner.calls()).isEmpty();
    }

    private StepTrainer trainer(StepSettings settings) {
        return new StepTrainer(learner, settings, () -> {});
    }
}
