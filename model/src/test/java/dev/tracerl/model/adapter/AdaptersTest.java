package dev.tracerl.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsReader;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.safetensors.TensorBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdaptersTest {
    private static final String Q = "model.layers.1.self_attn.q_proj.weight"; // (32, 24)
    private static final String DOWN = "model.layers.0.mlp.down_proj.weight"; // (24, 40)

    private final ModelConfig config = Models.tiny();
    private final Parameters base = Models.strong(config, 1);
    private final AdapterSettings settings = new AdapterSettings(2, 6, List.of(DOWN, Q));

    @Test
    void namesAndShapesAreThoseOfPeft() {
        // When
        Adapters adapters = Adapters.initial(config, settings, 7);

        // Then
        assertThat(adapters.tensors())
                .extracting(NamedTensor::name)
                .containsExactly(
                        "base_model.model.model.layers.0.mlp.down_proj.lora_A.weight",
                        "base_model.model.model.layers.0.mlp.down_proj.lora_B.weight",
                        "base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight",
                        "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight");
        assertThat(adapters.tensors())
                .extracting(NamedTensor::shape)
                .containsExactly(List.of(2L, 40L), List.of(24L, 2L), List.of(2L, 24L), List.of(32L, 2L));
    }

    @Test
    void theFileCarriesTheConfigurationOfPeft() throws IOException {
        // Given
        byte[] file = Adapters.initial(config, settings, 7).toSafetensors().toArray();

        // When
        JsonNode json = new ObjectMapper()
                .readTree(SafetensorsReader.of("file", TensorBytes.of(file))
                        .metadata()
                        .get("adapter_config"));

        // Then
        assertThat(json.path("peft_type").asText()).isEqualTo("LORA");
        assertThat(json.path("r").asInt()).isEqualTo(2);
        assertThat(json.path("lora_alpha").asDouble()).isEqualTo(6);
        assertThat(json.path("target_modules"))
                .extracting(JsonNode::asText)
                .containsExactly("model.layers.0.mlp.down_proj", "model.layers.1.self_attn.q_proj");
    }

    @Test
    void firstValuesDependOnTheSeedAndAreBoundedAndLeaveTheBaseAsItIs() {
        // Given
        Adapters adapters = Adapters.initial(config, settings, 7);

        // Then
        assertThat(Adapters.initial(config, settings, 7).toSafetensors().toArray())
                .isEqualTo(adapters.toSafetensors().toArray());
        assertThat(Adapters.initial(config, settings, 8).toSafetensors().toArray())
                .isNotEqualTo(adapters.toSafetensors().toArray());
        float[] a = floats(adapters.tensors().get(0));
        double bound = 1 / Math.sqrt(40);
        assertThat(IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i])))
                .allSatisfy(value -> assertThat(value).isLessThanOrEqualTo(bound))
                .anySatisfy(value -> assertThat(value).isGreaterThan(0.9 * bound));
        assertThat(floats(adapters.tensors().get(1))).containsOnly(0);
        assertThat(adapters.mergeInto(base).toSafetensors().toArray())
                .isEqualTo(base.toSafetensors().toArray());
    }

    @Test
    void aFileReadsBackEqual() {
        // Given
        byte[] file = random().toSafetensors().toArray();

        // When
        Adapters read = Adapters.read(TensorBytes.of(file), config);

        // Then
        assertThat(read.toSafetensors().toArray()).isEqualTo(file);
        assertThat(read.settings()).isEqualTo(settings);
    }

    /** W + alpha / rank * B A in double precision. */
    @Test
    void mergedWeightsAreTheSumOfBaseAndProduct() {
        // Given
        Adapters adapters = random();

        // When
        Map<String, float[]> merged = byName(adapters.mergeInto(base));

        // Then
        Map<String, float[]> before = byName(base);
        float[] a = floats(adapters.tensors().get(2));
        float[] b = floats(adapters.tensors().get(3));
        float[] w = before.get(Q);
        for (int i = 0; i < w.length; i++) {
            int row = i / 24;
            int column = i % 24;
            double sum = (double) b[2 * row] * a[column] + (double) b[2 * row + 1] * a[24 + column];
            assertThat(merged.get(Q)[i]).isCloseTo((float) (w[i] + 3 * sum), within(1e-6f));
        }
        before.forEach((name, values) -> {
            if (!settings.targets().contains(name)) {
                assertThat(merged.get(name)).as(name).isEqualTo(values);
            }
        });
    }

    @Test
    void matricesButNoTablesCanHaveAdapters() {
        assertThat(AdapterSettings.candidates(config))
                .contains("lm_head.weight", Q, DOWN)
                .doesNotContain("model.embed_tokens.weight", "model.norm.weight")
                .hasSize(15);
        assertThat(AdapterSettings.candidates(Models.config(true, true, true)))
                .hasSize(14)
                .allSatisfy(name -> assertThat(name).endsWith("proj.weight"));
    }

    @Test
    void whatCannotHaveAnAdapterIsRefused() {
        assertThatThrownBy(() -> new AdapterSettings(1, 1, List.of("model.embed_tokens.weight")).slices(config))
                .hasMessageStartingWith("[model.embed_tokens.weight] are no matrices that can have an adapter");
        assertThatThrownBy(() -> new AdapterSettings(25, 1, List.of(Q)).slices(config))
                .hasMessage(
                        "rank is 25, but " + Q + " is 32 x 24; an adapter's rank is at most the smaller of the two");
        assertThatThrownBy(() -> new AdapterSettings(0, 1, List.of(Q))).hasMessage("rank is 0, must be at least 1");
        assertThatThrownBy(() -> new AdapterSettings(1, 0, List.of(Q)))
                .hasMessage("alpha is 0.0, must be finite and positive");
        assertThatThrownBy(() -> new AdapterSettings(1, 1, List.of())).hasMessageStartingWith("no matrix gets");
    }

    @Test
    void bytesThatAreNoAdaptersOfTheModelAreRefused() {
        ModelConfig small =
                Models.shapes().filter(shape -> shape.layers() == 1).findFirst().orElseThrow();
        byte[] file = random().toSafetensors().toArray();
        List<NamedTensor> lacking = random().tensors().subList(0, 3);
        String json =
                SafetensorsReader.of("file", TensorBytes.of(file)).metadata().get("adapter_config");

        assertThatThrownBy(() -> Adapters.read(base.toSafetensors(), config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no adapters");
        assertThatThrownBy(() -> Adapters.read(TensorBytes.of(file), small))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("[" + Q + "] are no matrices");
        assertThatThrownBy(
                        () -> Adapters.read(SafetensorsWriter.bytes(lacking, Map.of("adapter_config", json)), config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("q_proj.lora_B.weight is missing");
    }

    /** Adapters of which neither A nor B is zero. */
    private Adapters random() {
        Adapters zero = Adapters.initial(config, settings, 7);
        List<NamedTensor> tensors =
                zero.tensors().stream().map(AdaptersTest::scrambled).toList();
        String json = AdapterConfigJson.write(settings);
        return Adapters.read(SafetensorsWriter.bytes(tensors, Map.of("adapter_config", json)), config);
    }

    private static NamedTensor scrambled(NamedTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(tensor.data().remaining()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.putFloat((float) Math.sin(i + tensor.name().length()));
        }
        return new NamedTensor(tensor.name(), tensor.shape(), bytes.flip());
    }

    private static Map<String, float[]> byName(Parameters parameters) {
        return parameters.tensors().stream().collect(Collectors.toMap(NamedTensor::name, AdaptersTest::floats));
    }

    private static float[] floats(NamedTensor tensor) {
        ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(floats);
        return floats;
    }
}
