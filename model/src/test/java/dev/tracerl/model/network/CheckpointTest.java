package dev.tracerl.model.network;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sdar", "llada", "dream"})
    void publishedWeightsAreWrittenInShardsByTheirOwnNamesAndReadBack(String family) throws IOException {
        // Given
        Parameters published = Models.goldenWeights(family);

        // When
        Checkpoint.write(folder, config(family), published, ElementType.F32, 20_000);

        // Then
        assertThat(Checkpoint.config(folder)).isEqualTo(published.config());
        assertThat(Checkpoint.read(folder, published.config()).toSafetensors().toArray())
                .isEqualTo(published.toSafetensors().toArray());
        assertThat(shards())
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(22_000));
        assertThat(namesInFiles()).containsExactlyInAnyOrderElementsOf(namesIn(original(family)));
    }

    @Test
    void theIndexListsEveryTensorAndTheSizeOfAll() throws IOException {
        // When
        Checkpoint.write(folder, config("sdar"), Models.goldenWeights(), ElementType.BF16, 20_000);

        // Then
        String text = Files.readString(folder.resolve("model.safetensors.index.json"));
        JsonNode index = JSON.readTree(text);
        assertThat(index.at("/metadata/total_size").asInt()).isEqualTo(46_400);
        assertThat(index.at("/weight_map").size()).isEqualTo(25);
        assertThat(text).startsWith("""
                        {
                          "metadata": {
                            "total_size": 46400
                          },
                          "weight_map": {
                            "lm_head.weight": "model-00003-of-00003.safetensors",
                        """).endsWith("\"\n  }\n}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BF16", "F16"})
    void halfPrecisionIsSmallerAndReadBackRounded(String type) throws IOException {
        // Given: values that both types hold exactly
        ModelConfig tiny = Models.tiny();
        ElementType half = ElementType.valueOf(type);

        // When
        Checkpoint.write(folder, tiny.toJson(), Models.strong(tiny, 1), half, Checkpoint.SHARD_BYTES);
        Parameters once = Checkpoint.read(folder, tiny);
        Path again = folder.resolve("again");
        Checkpoint.write(again, tiny.toJson(), once, half, Checkpoint.SHARD_BYTES);

        // Then
        byte[] file = Files.readAllBytes(folder.resolve("model.safetensors"));
        assertThat(header(file).at("/model.norm.weight/dtype").asText()).isEqualTo(type);
        assertThat(Files.readAllBytes(again.resolve("model.safetensors"))).isEqualTo(file);
        assertThat(Files.readString(folder.resolve("config.json"))).contains("\"" + half.torchName() + "\"");
    }

    @Test
    void fieldsOfTheConfigurationThatOnlyPythonKnowsAreKept() {
        // Given
        String json = config("sdar").replaceFirst("\\{", "{\"auto_map\": {\"AutoModel\": \"modeling_sdar.Sdar\"},");

        // When
        Checkpoint.write(folder, json, Models.goldenWeights(), ElementType.F32, Checkpoint.SHARD_BYTES);

        // Then
        assertThat(folder.resolve("config.json")).content().contains("modeling_sdar.Sdar");
    }

    @Test
    void aFolderWithWeightsIsNotOverwritten() {
        // Given
        Checkpoint.write(folder, config("sdar"), Models.goldenWeights(), ElementType.F32, Checkpoint.SHARD_BYTES);

        // Then
        assertThatThrownBy(() -> Checkpoint.write(
                        folder, config("sdar"), Models.goldenWeights(), ElementType.F32, Checkpoint.SHARD_BYTES))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder.resolve("model.safetensors") + " is there already; choose an empty folder");
    }

    @Test
    void aConfigurationThatOnlyLooksLikeTheFoldersIsRefused() throws IOException {
        // Given
        Checkpoint.write(folder, config("sdar"), Models.goldenWeights(), ElementType.F32, Checkpoint.SHARD_BYTES);
        ModelConfig other = ModelConfig.fromJson(config("sdar").replace("1000000.0", "10000.0"));

        // Then
        assertThatThrownBy(() -> Checkpoint.read(folder, other))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder.resolve("config.json") + ": rope_theta is 1000000.0; expected 10000.0");
    }

    @Test
    void aFolderWithoutUsableConfigurationIsRefused() throws IOException {
        // When / Then
        assertThatThrownBy(() -> Checkpoint.config(folder)).hasMessage("there is no " + folder.resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"qwen2\"}");
        assertThatThrownBy(() -> Checkpoint.config(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(folder.resolve("config.json") + ": model configuration: model_type qwen2");
    }

    private static String config(String family) {
        return Models.json("/golden/models/" + family + "-toy/config.json").toString();
    }

    private static byte[] original(String family) {
        return Models.bytes("/golden/models/" + family + "-toy/model.safetensors");
    }

    private List<Path> shards() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    /** Names, types, shapes and bytes' hashes of all tensors of the shards, read without the code under test. */
    private List<String> namesInFiles() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path shard : shards()) {
            all.addAll(namesIn(Files.readAllBytes(shard)));
        }
        return all;
    }

    private static List<String> namesIn(byte[] file) throws IOException {
        List<String> tensors = new ArrayList<>();
        int data =
                8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        for (Entry<String, JsonNode> field : header(file).properties()) {
            if (!field.getKey().equals("__metadata__")) {
                int begin = data + field.getValue().at("/data_offsets/0").asInt();
                int end = data + field.getValue().at("/data_offsets/1").asInt();
                int hash = ByteBuffer.wrap(file, begin, end - begin).hashCode();
                tensors.add(field.getKey()
                        + field.getValue().get("dtype")
                        + field.getValue().get("shape")
                        + hash);
            }
        }
        return tensors;
    }

    private static JsonNode header(byte[] file) throws IOException {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return JSON.readTree(new String(file, 8, length, US_ASCII));
    }
}
