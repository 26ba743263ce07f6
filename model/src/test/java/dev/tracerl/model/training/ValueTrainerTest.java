package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.value.ExplainedVariance;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.network.ValueParameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.TensorBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTrainerTest {
    private static Network network;

    private final ModelConfig config = Models.tiny();
    private final ValueParameters initial = ValueParameters.startingFrom(Models.strong(config, 1));
    private final List<PackedExample> examples = Examples.packed(config, 12, 31);

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beforeItsFirstUpdateEveryValueIsZero(boolean tied) {
        // Given
        ModelConfig shape = Models.config(true, false, tied);
        ValueParameters fresh = ValueParameters.startingFrom(Models.strong(shape, 2));

        // When
        float[][] values;
        try (ValueTrainer trainer = new ValueTrainer(network, shape, fresh, OptimizerSettings.published())) {
            values = trainer.values(Examples.packed(shape, 4, 32));
        }

        // Then
        assertThat(values.length).isEqualTo(4);
        for (float[] each : values) {
            assertThat(each).isNotEmpty().containsOnly(0f);
        }
    }

    @Test
    void itStartsFromThePolicysNetworkWithItsOwnHead() {
        // Given
        Parameters policy = Models.strong(config, 3);

        // When
        ValueParameters value = ValueParameters.startingFrom(policy);

        // Then
        List<String> names =
                new ArrayList<>(policy.tensors().stream().map(NamedTensor::name).toList());
        names.set(names.indexOf("lm_head.weight"), "value_head.weight");
        assertThat(value.tensors()).extracting(NamedTensor::name).containsExactlyElementsOf(names);
        assertThat(value.tensors().get(0).data())
                .isEqualTo(policy.tensors().get(0).data());
        assertThat(ValueParameters.read(value.toSafetensors(), config)
                        .toSafetensors()
                        .toArray())
                .isEqualTo(value.toSafetensors().toArray());
    }

    @Test
    void sameInputsGiveTheSameBitsAndRestoredTrainersContinueWithThem() {
        // Given
        List<ValueTarget> targets = Critics.targets(examples, 4);
        byte[] middle;
        TensorBytes state;
        byte[] end;
        try (ValueTrainer trainer = open(initial)) {
            step(trainer, targets);
            middle = trainer.parameters().toSafetensors().toArray();
            state = trainer.optimizerState();
            step(trainer, targets);
            end = trainer.parameters().toSafetensors().toArray();
        }

        // When
        byte[] continued;
        try (ValueTrainer trainer = open(ValueParameters.read(TensorBytes.of(middle), config))) {
            trainer.restore(state);
            step(trainer, targets);
            continued = trainer.parameters().toSafetensors().toArray();
        }

        // Then
        assertThat(continued).isEqualTo(end).isNotEqualTo(middle);
    }

    @Test
    void layersThatAreComputedAgainGiveTheSameBits() {
        // Given
        List<ValueTarget> targets = Critics.targets(examples, 8);
        ValueParameters start = Critics.scoring(Models.strong(config, 9));

        // When
        byte[] kept = gradient(start, targets, new ComputeSettings(Precision.F32, false));
        byte[] again = gradient(start, targets, new ComputeSettings(Precision.F32, true));

        // Then
        assertThat(again).isEqualTo(kept);
        assertThat(gradient(start, targets, new ComputeSettings(Precision.F32, true, 0)))
                .isEqualTo(gradient(start, targets, new ComputeSettings(Precision.F32, false, 0)));
    }

    @Test
    void bfloatValuesAreNearThoseOfFloats() {
        // Given
        ValueParameters start = Critics.scoring(Models.strong(config, 9));
        double[] exact;
        try (ValueTrainer trainer = open(start)) {
            exact = flat(trainer.values(examples));
        }

        // When
        double[] rounded;
        ComputeSettings bfloat = new ComputeSettings(Precision.BF16, false);
        try (ValueTrainer trainer = new ValueTrainer(network, config, start, OptimizerSettings.published(), bfloat)) {
            rounded = flat(trainer.values(examples));
            assertThat(trainer.accumulate(Critics.targets(examples, 8), 0.2, 1).loss())
                    .isPositive();
        }

        // Then
        assertThat(ExplainedVariance.of(rounded, exact)).isGreaterThan(0.99);
        assertThat(rounded).isNotEqualTo(exact);
    }

    private byte[] gradient(ValueParameters start, List<ValueTarget> targets, ComputeSettings compute) {
        try (ValueTrainer trainer = new ValueTrainer(network, config, start, OptimizerSettings.published(), compute)) {
            trainer.accumulate(targets, 0.2, 1);
            return trainer.gradient().toSafetensors().toArray();
        }
    }

    /** The return of a response depends on one of its tokens, which the value model must find. */
    @Test
    void valuesComeToPredictReturns() {
        // Given
        List<PackedExample> many = Examples.packed(config, 32, 33);
        float[][] returns = new float[many.size()][];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = new float[many.get(i).targets().length];
            Arrays.fill(returns[i], many.get(i).tokens()[0] % 2 == 0 ? 1 : -1);
        }
        try (ValueTrainer trainer = open(ValueParameters.startingFrom(Parameters.random(config, 5)))) {
            double before = update(trainer, many, returns);

            // When
            double after = before;
            for (int step = 0; step < 60; step++) {
                after = update(trainer, many, returns);
            }

            // Then
            assertThat(after).isLessThan(0.5 * before);
            assertThat(ExplainedVariance.of(flat(trainer.values(many)), flat(returns)))
                    .isGreaterThan(0.5);
        }
    }

    private static double update(ValueTrainer trainer, List<PackedExample> examples, float[][] returns) {
        float[][] old = trainer.values(examples);
        List<ValueTarget> targets = new ArrayList<>();
        for (int i = 0; i < old.length; i++) {
            targets.add(new ValueTarget(examples.get(i), returns[i], old[i]));
        }
        double loss = trainer.accumulate(targets, 0.2, 1.0 / examples.size()).loss();
        trainer.apply(3e-3);
        return loss;
    }

    @Test
    void aLossThatIsNotFiniteNamesItsExamplesAndChangesNothing() {
        // Given
        List<ValueTarget> broken = new ArrayList<>(Critics.targets(examples, 6));
        ValueTarget third = broken.get(3);
        float[] returns = third.returns().clone();
        returns[0] = Float.NaN;
        broken.set(3, new ValueTarget(third.example(), returns, third.oldValues()));
        try (ValueTrainer trainer = open(initial)) {

            // When / Then
            assertThatThrownBy(() -> trainer.accumulate(broken, 0.2, 1))
                    .isInstanceOfSatisfying(
                            NonFiniteLossException.class,
                            e -> assertThat(e.examples()).containsExactly(3))
                    .hasMessage("value loss is NaN in examples [3] of the micro-batch");
            assertThat(trainer.apply(1e-3)).isZero();
        }
    }

    @Test
    void tensorsDoNotLeak() {
        // Given
        List<ValueTarget> targets = Critics.targets(examples, 7);
        int before = network.keptTensors();
        try (ValueTrainer trainer = open(initial)) {
            step(trainer, targets);
            int kept = network.keptTensors();

            // When
            for (int i = 0; i < 20; i++) {
                trainer.values(examples);
                step(trainer, targets);
                trainer.restore(trainer.optimizerState());
            }

            // Then
            assertThat(network.keptTensors()).isEqualTo(kept);
        }
        assertThat(network.keptTensors()).isEqualTo(before);
    }

    private static void step(ValueTrainer trainer, List<ValueTarget> targets) {
        trainer.accumulate(targets.subList(0, 5), 0.2, 0.1);
        trainer.accumulate(targets.subList(5, 12), 0.2, 0.1);
        trainer.apply(1e-3);
    }

    private ValueTrainer open(ValueParameters parameters) {
        return new ValueTrainer(network, config, parameters, OptimizerSettings.published());
    }

    private static double[] flat(float[][] values) {
        return Arrays.stream(values)
                .flatMapToDouble(each -> {
                    double[] doubles = new double[each.length];
                    Arrays.setAll(doubles, i -> each[i]);
                    return Arrays.stream(doubles);
                })
                .toArray();
    }
}
