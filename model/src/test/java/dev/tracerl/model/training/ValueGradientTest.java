package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.value.ClippedValueLoss;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.ValueParameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, loss and gradient of the value model against the plain transformer and the published numbers. */
class ValueGradientTest {
    private static final double CLIP = 0.2;
    private static Network network;

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    static Stream<ModelConfig> shapesWithAHead() {
        return Models.shapes().filter(config -> !config.tiedEmbeddings());
    }

    static List<JsonNode> vectors() {
        return StreamSupport.stream(Models.json("/golden/value_gae.json").spliterator(), false)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shapesWithAHead")
    void valuesAreTheHeadOnTheStateOfTheMaskedTarget(ModelConfig config) {
        // Given
        Parameters policy = Models.strong(config, 7);
        List<PackedExample> examples = Examples.packed(config, 5, 24);

        // When
        float[][] values;
        try (ValueTrainer trainer = trainer(config, Critics.scoring(policy))) {
            values = trainer.values(examples);
        }

        // Then
        PlainTransformer plain = new PlainTransformer(policy);
        for (int i = 0; i < values.length; i++) {
            double[][] scores = plain.scores(examples.get(i));
            for (int t = 0; t < values[i].length; t++) {
                double expected = scores[examples.get(i).targets()[t]][0];
                assertThat((double) values[i][t]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    /** Entry by entry against differences of the plain transformer's loss in double precision. */
    @Test
    void singleEntriesAreDifferencesOfThePlainTransformersLoss() {
        // Given
        ModelConfig config = Models.config(true, true, false);
        Parameters policy = Models.strong(config, 8);
        List<ValueTarget> targets = Critics.targets(Examples.packed(config, 2, 25), 9);

        // When
        double[] gradient;
        double loss;
        try (ValueTrainer trainer = trainer(config, Critics.scoring(policy))) {
            loss = trainer.accumulate(targets, CLIP, 0.5).loss();
            gradient = flat(trainer.gradient().tensors());
        }

        // Then
        assertThat(loss).isCloseTo(plainLoss(policy, targets, 0.5), within(1e-5));
        double largest = IntStream.range(0, gradient.length)
                .mapToDouble(i -> Math.abs(gradient[i]))
                .max()
                .orElseThrow();
        for (int i = 5; i < gradient.length; i += 311) {
            double step = 1e-3;
            double slope =
                    (plainLoss(moved(policy, i, step), targets, 0.5) - plainLoss(moved(policy, i, -step), targets, 0.5))
                            / (2 * step);
            assertThat(gradient[i]).isCloseTo(slope, within(2e-3 * largest));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theLossIsThePublishedOne(JsonNode vector) {
        // Given
        List<double[]> columns = new ArrayList<>();
        int length = vector.get("response_ids").get(0).size();
        for (int i = 0; i < vector.get("trainable").size(); i++) {
            String trained = vector.get("trainable").get(i).textValue();
            for (int j = 0; j < length; j++) {
                if (trained.charAt(j) == '1') {
                    columns.add(new double[] {
                        vector.get("new_values").get(i).get(j).doubleValue(),
                        vector.get("returns").get(i).get(j).doubleValue(),
                        vector.get("old_values").get(i).get(j).doubleValue(),
                        1.0 / length / vector.get("rows").intValue()
                    });
                }
            }
        }

        // When
        double clip = vector.get("value_clip").doubleValue();
        int count = columns.size();
        double loss;
        float[] gradient;
        try (TensorScope scope = network.program().scope()) {
            List<Tensor> results = scope.run(Call.training("value_loss")
                    .with(scope.floats(rows(columns, 0, 1), count), scope.floats(rows(columns, 1, 4), 3, count))
                    .with(scope.hostDoubles(0, clip, 1)));
            loss = results.get(0).doubles()[0];
            gradient = results.get(1).floats();
        }

        // Then
        assertThat(loss).isCloseTo(vector.get("value_loss").doubleValue(), within(1e-5));
        ClippedValueLoss oracle = new ClippedValueLoss(clip);
        for (int j = 0; j < count; j++) {
            double[] c = columns.get(j);
            assertThat((double) gradient[j]).isCloseTo(c[3] * oracle.derivative(c[0], c[2], c[1]), within(1e-6));
        }
    }

    private static float[] rows(List<double[]> columns, int from, int to) {
        float[] values = new float[(to - from) * columns.size()];
        for (int row = from; row < to; row++) {
            for (int j = 0; j < columns.size(); j++) {
                values[(row - from) * columns.size() + j] = (float) columns.get(j)[row];
            }
        }
        return values;
    }

    private static double plainLoss(Parameters policy, List<ValueTarget> targets, double scale) {
        PlainTransformer plain = new PlainTransformer(policy);
        ClippedValueLoss oracle = new ClippedValueLoss(CLIP);
        double loss = 0;
        for (ValueTarget target : targets) {
            double[][] scores = plain.scores(target.example());
            for (int t = 0; t < target.returns().length; t++) {
                double value = scores[target.example().targets()[t]][0];
                loss += scale
                        * target.example().weights()[t]
                        * oracle.value(value, target.oldValues()[t], target.returns()[t]);
            }
        }
        return loss;
    }

    /** The policy with one weight moved; the first row of its head is last, as the value head is. */
    private static Parameters moved(Parameters policy, int index, double step) {
        List<NamedTensor> tensors = new ArrayList<>();
        int first = 0;
        for (NamedTensor tensor : policy.tensors()) {
            ByteBuffer data = ByteBuffer.allocate(tensor.data().remaining()).order(ByteOrder.LITTLE_ENDIAN);
            data.put(tensor.data().duplicate()).flip();
            int size = data.remaining() / Float.BYTES;
            if (index >= first && index < first + size) {
                int at = (index - first) * Float.BYTES;
                data.putFloat(at, (float) (data.getFloat(at) + step));
            }
            tensors.add(new NamedTensor(tensor.name(), tensor.shape(), data));
            first += size;
        }
        return Parameters.read(SafetensorsWriter.bytes(tensors), policy.config());
    }

    private static double[] flat(List<NamedTensor> tensors) {
        return tensors.stream()
                .flatMapToDouble(tensor -> {
                    ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
                    return IntStream.range(0, data.remaining() / Float.BYTES)
                            .mapToDouble(i -> data.getFloat(data.position() + i * Float.BYTES));
                })
                .toArray();
    }

    private static ValueTrainer trainer(ModelConfig config, ValueParameters parameters) {
        return new ValueTrainer(network, config, parameters, OptimizerSettings.published());
    }
}
