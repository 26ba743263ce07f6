package dev.tracerl.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.training.LossSettings.Kind;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.DemonstrationReader;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.GroupReader;
import dev.tracerl.trainer.batch.ResponsePacker;
import dev.tracerl.trainer.state.Safetensors;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.support.RealLearner;
import dev.tracerl.trainer.train.StepSettings.Recomputed;
import dev.tracerl.trainer.train.StepSettings.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelLearnerTest {

    private static final PackSettings PACK =
            new PackSettings(4, 1, TestRuns.MODEL.maskTokenId(), LossNormalization.TARGETS, 8);
    private static final StepSettings STEP =
            new StepSettings(1, 1, 4096, new Recorded(), LearningRateSchedule.constant(1e-2));

    @Test
    void demonstrationsAreLearnt() {
        try (Learner learner = RealLearner.open(Kind.CROSS_ENTROPY, RealLearner.fresh())) {
            // Given
            StepTrainer trainer = new StepTrainer(learner, STEP, () -> {});

            // When
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                losses.add(trainer.train(demonstrations(step), step).loss().loss());
            }

            // Then
            assertThat(losses.get(39)).isLessThan(0.5 * losses.get(0));
        }
    }

    @Test
    void aRestoredLearnerContinuesBitForBit() {
        // Given
        Tensors middle;
        Tensors end;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, RealLearner.fresh())) {
            StepTrainer trainer = new StepTrainer(learner, STEP, () -> {});
            trainer.train(groups(), 0);
            middle = learner.tensors();
            trainer.train(groups(), 1);
            end = learner.tensors();
        }

        // When
        Tensors continued;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, middle)) {
            new StepTrainer(learner, STEP, () -> {}).train(groups(), 1);
            continued = learner.tensors();
        }

        // Then
        assertThat(continued.parameters().sha256())
                .isEqualTo(end.parameters().sha256())
                .isNotEqualTo(middle.parameters().sha256());
        assertThat(continued.optimizer().sha256()).isEqualTo(end.optimizer().sha256());
    }

    @Test
    void aPartIsTrainedAndRestoredAndTheRestKeepsItsBits() {
        // Given
        Trainable part = new Trainable.Named(List.of("model.layers.0.self_attn.k_proj.weight"));
        Tensors fresh = RealLearner.fresh();
        Tensors middle;
        Tensors end;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, part, fresh)) {
            StepTrainer trainer = new StepTrainer(learner, STEP, () -> {});
            trainer.train(groups(), 0);
            middle = learner.tensors();
            trainer.train(groups(), 1);
            end = learner.tensors();
        }

        // When
        Tensors continued;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, part, middle)) {
            new StepTrainer(learner, STEP, () -> {}).train(groups(), 1);
            continued = learner.tensors();
        }

        // Then
        assertThat(continued.parameters().sha256()).isEqualTo(end.parameters().sha256());
        assertThat(changed(fresh, end)).containsExactly("model.layers.0.self_attn.k_proj.weight");
    }

    @Test
    void adaptersAreTrainedAndRestoredOnTheirBase() {
        // Given
        AdapterSettings settings = new AdapterSettings(2, 4, AdapterSettings.candidates(TestRuns.MODEL));
        Trainable adapters = new Trainable.Adapted(settings, 7);
        Tensors middle;
        Tensors end;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, adapters, RealLearner.fresh())) {
            StepTrainer trainer = new StepTrainer(learner, STEP, () -> {});
            trainer.train(groups(), 0);
            middle = learner.tensors();
            trainer.train(groups(), 1);
            end = learner.tensors();
        }

        // When
        Tensors continued;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, adapters, middle)) {
            new StepTrainer(learner, STEP, () -> {}).train(groups(), 1);
            continued = learner.tensors();
        }

        // Then
        assertThat(continued.parameters().sha256())
                .isEqualTo(end.parameters().sha256())
                .isNotEqualTo(middle.parameters().sha256());
        assertThat(continued.optimizer().sha256()).isEqualTo(end.optimizer().sha256());
        assertThat(Adapters.read(Safetensors.tensors(end.parameters()), TestRuns.MODEL)
                        .settings())
                .isEqualTo(settings);
    }

    private static List<String> changed(Tensors before, Tensors after) {
        List<NamedTensor> old = Parameters.read(Safetensors.tensors(before.parameters()), TestRuns.MODEL)
                .tensors();
        List<NamedTensor> now = Parameters.read(Safetensors.tensors(after.parameters()), TestRuns.MODEL)
                .tensors();
        return IntStream.range(0, old.size())
                .filter(i -> !old.get(i).data().equals(now.get(i).data()))
                .mapToObj(i -> now.get(i).name())
                .toList();
    }

    @Test
    void recomputedRatiosAreOneInTheFirstUpdate() {
        // Given
        StepSettings settings =
                new StepSettings(1, 1, 4096, new Recomputed(Correction.CLIP), LearningRateSchedule.constant(1e-2));

        // When
        StepResult result;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, RealLearner.fresh())) {
            result = new StepTrainer(learner, settings, () -> {}).train(groups(), 0);
        }

        // Then
        assertThat(result.loss().ratioMean()).isCloseTo(1, offset(1e-5));
        assertThat(result.loss().clipFraction()).isZero();
        assertThat(result.loss().effectiveSampleShare()).isCloseTo(1, offset(1e-5));
    }

    @Test
    void theFirstPolicyIsNoDistanceFromTheFirstWeights() {
        // Given
        StepSettings settings = new StepSettings(
                1,
                1,
                4096,
                new Recomputed(Correction.CLIP),
                LearningRateSchedule.constant(1e-2),
                StepSettings.Anchor.INITIAL);
        Tensors first = RealLearner.fresh();

        // When
        double atFirst;
        double later;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, first);
                FixedPolicy anchor = ModelFixedPolicy.on(
                                new ModelLearner.Device("cpu", 1), TestRuns.MODEL, 1, Precision.F32)
                        .open(first.parameters())) {
            StepTrainer trainer = new StepTrainer(learner, settings, Optional.of(anchor), () -> {});
            atFirst = trainer.train(groups(), 0).loss().meanKl();
            later = trainer.train(groups(), 1).loss().meanKl();
        }

        // Then
        assertThat(atFirst).isCloseTo(0, offset(1e-6));
        assertThat(later).isGreaterThan(1e-5);
    }

    @Test
    void aLossThatIsNoNumberNamesTheTrajectories() {
        try (Learner learner = RealLearner.open(Kind.CLIPPED, RealLearner.broken())) {
            StepTrainer trainer = new StepTrainer(learner, STEP, () -> {});

            assertThatThrownBy(() -> trainer.train(groups(), 0))
                    .isInstanceOfSatisfying(
                            DivergedException.class,
                            e -> assertThat(e.trajectories()).contains("run-t-000000/0"));
        }
    }

    private static List<List<Example>> demonstrations(int epoch) {
        DemonstrationReader reader = new DemonstrationReader(
                TestRuns.MODEL.vocabSize(), TestRuns.MODEL.maxPositions(), PACK, TestRecords.END);
        DemonstrationPacker packer = new DemonstrationPacker(PACK, new DemonstrationPacker.RandomOrder(1), 7);
        List<List<Example>> examples = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            examples.add(List.of(
                    new Example("demo-" + i, packer.pack(reader.read(TestRecords.demonstration("run", i)), epoch, i))));
        }
        return examples;
    }

    private static List<List<Example>> groups() {
        GroupReader reader = new GroupReader("run", TestRuns.MODEL.vocabSize());
        return List.of(
                reader.read(TestRecords.group("run", 0, 0)).pack(ResponsePacker.trace(PACK)),
                reader.read(TestRecords.group("run", 1, 0)).pack(ResponsePacker.trace(PACK)));
    }
}
