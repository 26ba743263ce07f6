package dev.tracerl.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTest {
    private final ModelConfig config = Models.tiny();

    /** The digest was computed on x86-64; it must be the same everywhere. */
    @Test
    void oneSeedGivesTheSameBytesOnEveryMachine() throws NoSuchAlgorithmException {
        // When
        byte[] bytes = Parameters.random(config, 42).toSafetensors().toArray();

        // Then
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(digest).isEqualTo("3f0fe17ab7323ee2b7b69e0f8f61462d10863299165c82f3d06adfe32099dd42");
        assertThat(Parameters.random(config, 43).toSafetensors().toArray()).isNotEqualTo(bytes);
    }

    static Stream<ModelConfig> families() {
        return Stream.of(Models.config(true, true, false), Models.family("llada"), Models.family("Dream"));
    }

    @ParameterizedTest
    @MethodSource("families")
    void initialWeightsAreNormalWithSmallerResidualProjections(ModelConfig family) {
        // When
        Parameters parameters = Parameters.random(family, 1);

        // Then
        for (NamedTensor tensor : parameters.tensors()) {
            String name = tensor.name();
            if (name.matches(".*(norm|ln_f)[.]weight")) {
                assertThat(floats(tensor)).as(name).containsOnly(1);
            } else if (name.endsWith(".bias")) {
                assertThat(floats(tensor)).as(name).containsOnly(0);
            } else {
                boolean residual = name.matches(".*(o_proj|down_proj|attn_out|blocks[.][0-9]+[.]ff_out)[.]weight");
                assertThat(deviation(floats(tensor)))
                        .as(name)
                        .isCloseTo(residual ? 0.01 : 0.02, within(residual ? 0.0012 : 0.0024));
            }
        }
    }

    @Test
    void theConfigurationSaysHowLargeInitialWeightsAre() {
        // Given
        String json = config.toJson().replace("\"initializer_range\" : 0.02", "\"initializer_range\" : 0.2");

        // When
        Parameters wide = Parameters.random(ModelConfig.fromJson(json), 1);

        // Then
        assertThat(deviation(floats(wide.tensors().get(0)))).isCloseTo(0.2, within(0.02));
    }

    @Test
    void checkpointsAreReadBackFromMemoryAndFromAFile(@TempDir Path folder) throws IOException {
        // Given
        Parameters parameters = Models.strong(config, 1);
        byte[] bytes = parameters.toSafetensors().toArray();
        Path file = Files.write(folder.resolve("model.safetensors"), bytes);

        // When / Then
        assertThat(Parameters.read(TensorBytes.of(bytes), config)
                        .toSafetensors()
                        .toArray())
                .isEqualTo(bytes);
        assertThat(Parameters.read(file, config).toSafetensors().toArray()).isEqualTo(bytes);
    }

    @Test
    void tensorsOfTheProgramAreCopiedBackUnchanged() {
        // Given
        Parameters parameters = Models.strong(config, 1);
        try (Network network = Network.open("cpu");
                TensorScope scope = network.program().scope()) {

            // When
            Parameters copy = Parameters.copyOf(config, parameters.views(scope));

            // Then
            assertThat(copy.toSafetensors().toArray())
                    .isEqualTo(parameters.toSafetensors().toArray());
        }
    }

    /** As with tensors above 2 GiB, which do not fit into one buffer. */
    @Test
    void memoryInSeveralBuffersHoldsTheSameWeights() {
        // Given: at most three rows of the embedding in a buffer
        int segmentBytes = 3 * 24 * Float.BYTES;
        List<ParameterGroup> groups = Parameters.groups(config);
        byte[] whole = Parameters.random(config, 42).toSafetensors().toArray();

        // When
        HostTensors parts = HostTensors.filled(groups, new InitialValues(config, 42)::fill, segmentBytes);

        // Then
        assertThat(parts.tensors().get(0).parts()).hasSize(8);
        assertThat(SafetensorsWriter.bytes(parts.tensors()).toArray()).isEqualTo(whole);
        try (Network network = Network.open("cpu");
                TensorScope scope = network.program().scope()) {
            List<Tensor> views = parts.views(scope);
            assertThat(views.get(0).shape()).containsExactly(23, 24);
            HostTensors copy = HostTensors.copyOf(groups, views, segmentBytes);
            assertThat(SafetensorsWriter.bytes(copy.tensors()).toArray()).isEqualTo(whole);
            assertThat(Parameters.read(SafetensorsWriter.bytes(copy.tensors()), config)
                            .toSafetensors()
                            .toArray())
                    .isEqualTo(whole);
        }
    }

    @Test
    void tensorsInPartsAreReadFromAnyElementOn() {
        // Given
        List<ParameterGroup> groups = Parameters.groups(config);
        NamedTensor parts = HostTensors.filled(groups, new InitialValues(config, 42)::fill, 3 * 96)
                .tensors()
                .get(0);
        float[] all = floats(Parameters.random(config, 42).tensors().get(0));
        float[] some = new float[150];

        // When
        parts.read(70, FloatBuffer.wrap(some));

        // Then
        assertThat(some).isEqualTo(Arrays.copyOfRange(all, 70, 220));
    }

    @Test
    void aRowThatDoesNotFitIntoABufferIsRefused() {
        assertThatThrownBy(() -> new RowMemory(List.of(23L, 24L), 95))
                .hasMessage("a row of shape [23, 24] has 96 bytes; at most 95 are supported");
    }

    @Test
    void countIsTheNumberOfWeights() {
        assertThat(Models.goldenWeights().count()).isEqualTo(23_200);
    }

    @Test
    void missingAndUnexpectedTensorsAreNamed() {
        // Given
        List<NamedTensor> tensors = new ArrayList<>(Parameters.random(config, 1).tensors());
        NamedTensor last = tensors.remove(tensors.size() - 1);
        TensorBytes without = SafetensorsWriter.bytes(tensors);
        tensors.add(last);
        tensors.add(new NamedTensor("value_head.weight", last.shape(), last.data()));
        TensorBytes with = SafetensorsWriter.bytes(tensors);

        // When / Then
        assertThatThrownBy(() -> Parameters.read(without, config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("tensor lm_head.weight is missing; expected shape [23, 24]");
        assertThatThrownBy(() -> Parameters.read(with, config))
                .hasMessageEndingWith("tensors that the configuration does not have: [value_head.weight]");
    }

    private static float[] floats(NamedTensor tensor) {
        FloatBuffer buffer =
                tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }
}
