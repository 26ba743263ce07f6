package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFileTest {

    private static final String SMALL = """
            data:
              - {set: train, kind: sudoku, count: 10, seed: 3}
            runs:
              - runId: first
                method: sft
                seed: 1
                demonstrations: {set: train, count: 5}
                model:
                  config: {hidden_size: 8, intermediate_size: 16, num_hidden_layers: 1, num_attention_heads: 2}
                  tokenizer: "toy:0123456789"
                  initial: {source: random}
                sampler: {blockSize: 4, stepsPerBlock: 4, unmasking: static, maxTokens: 20}
                groups: {groupsPerStep: 8, samplesPerGroup: 1}
                optimizer: {learningRate: 3e-4}
                stop: {maxSteps: 3}
            """;

    @TempDir
    private Path folder;

    @Test
    void absentKeysTakeTheDefaultsOfTheSchema() throws IOException {
        // Given
        Path file = write(SMALL);

        // When
        RunSpec run = RunFile.read(file, runs -> {}).get(0).spec();

        // Then
        assertThat(run.getMethod()).isEqualTo(Method.SFT);
        assertThat(run.getSampler().getUnmasking()).isEqualTo(Unmasking.STATIC);
        assertThat(run.getSampler().getTemperature()).isEqualTo(1.0);
        assertThat(run.getGroups().getMaxLag()).isEqualTo(4);
        assertThat(run.getLoss().getClip()).isEqualTo(0.2);
        assertThat(run.getWeights().getPublishEverySteps()).isEqualTo(1);
        assertThat(run.getOptimizer().getLearningRate()).isEqualTo(3e-4);
        assertThat(run.getStop().getTargetAccuracy()).isNull();
        assertThat(run.getCreatedAt()).isNotNull();
    }

    @Test
    void toyTokenizerCompletesTheModelConfiguration() throws IOException {
        // Given
        Path file = write(SMALL);

        // When
        RunSpec run = RunFile.read(file, runs -> {}).get(0).spec();

        // Then
        ModelConfig config = ModelConfig.fromJson(run.getModel().getConfig());
        assertThat(config.vocabSize()).isEqualTo(13);
        assertThat(config.eosTokenId()).isEqualTo(10);
        assertThat(config.maskTokenId()).isEqualTo(12);
        assertThat(run.getModel().getTokenizer()).contains("<|endoftext|>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Dream | {model_type: Dream, hidden_size: 8, intermediate_size: 16, num_hidden_layers: 1, num_attention_heads: 2}
            llada | {model_type: llada, d_model: 8, mlp_hidden_size: 16, n_layers: 1, n_heads: 2}
            """)
    void toyTokenizerCompletesTheConfigurationOfEveryFamily(String modelType, String model) throws IOException {
        // Given
        Path file = write(SMALL.replaceAll("config: \\{.*}", "config: " + model));

        // When
        RunSpec run = RunFile.read(file, runs -> {}).get(0).spec();

        // Then
        ModelConfig config = ModelConfig.fromJson(run.getModel().getConfig());
        assertThat(config.modelType()).isEqualTo(modelType);
        assertThat(config.attention()).isEqualTo(Attention.FULL);
        assertThat(config.vocabSize()).isEqualTo(13);
        assertThat(config.stopTokenIds()).containsExactly(10);
        assertThat(config.padTokenId()).isEqualTo(11);
        assertThat(config.maskTokenId()).isEqualTo(12);
    }

    @Test
    void theConfigurationMayBeAFileBesideTheRunFile() throws IOException {
        // Given
        String config = "{\"hidden_size\": 8, \"intermediate_size\": 16, \"num_hidden_layers\": 1,"
                + " \"num_attention_heads\": 2, \"vocab_size\": 13, \"eos_token_id\": [10, 11], \"mask_token_id\": 12}";
        Files.writeString(folder.resolve("config.json"), config);
        String text = SMALL.replaceAll("config: \\{.*}", "config: file:config.json");

        // When
        RunSpec run = RunFile.read(write(text), runs -> {}).get(0).spec();

        // Then
        assertThat(run.getModel().getConfig()).isEqualTo(config);
        assertThatThrownBy(() -> RunFile.read(write(text.replace("file:config", "file:nothing")), runs -> {}))
                .hasMessageContaining("runs[0].model.config: " + folder.resolve("nothing.json") + " cannot be read");
    }

    @Test
    void taskSetsBelongToTheFileAndDemonstrationsToTheRun() throws IOException {
        // Given
        Path file = write(SMALL);

        // When
        PlannedRun run = RunFile.read(file, runs -> {}).get(0);

        // Then
        assertThat(run.data())
                .containsExactly(
                        new TaskSource("train", TaskSource.Kind.SUDOKU, TaskSource.Origin.GENERATED, 10, 3, 8, 8));
        assertThat(run.demonstrations()).contains(new DemonstrationSource("train", 5));
    }

    @Test
    void everyWrongKeyIsListedWithItsPath() throws IOException {
        // Given
        Path file = write(SMALL.replace("groupsPerStep: 8", "groupPerStep: 8")
                .replace("unmasking: static", "unmasking: wild")
                .replace("maxSteps: 3", "maxSteps: many")
                .replace("kind: sudoku", "kind: chess")
                .replace("hidden_size: 8, ", ""));

        // When // Then
        assertThatThrownBy(() -> RunFile.read(file, runs -> {}))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("runs[0].groups.groupPerStep: unknown key; known are groupsPerStep, ")
                .hasMessageContaining("runs[0].groups.groupsPerStep: missing (Groups that one training step consumes.)")
                .hasMessageContaining("runs[0].sampler.unmasking: must be one of STATIC, ")
                .hasMessageContaining("runs[0].stop.maxSteps: expected a whole number, found \"many\"")
                .hasMessageContaining("data[0].kind: must be one of SUDOKU, COUNTDOWN, not \"chess\"")
                .hasMessageContaining("runs[0].model.config: model configuration: missing hidden_size");
    }

    @Test
    void everyWrongValueIsListedWithItsPath() throws IOException {
        // Given
        Path file = write(SMALL.replace("groupsPerStep: 8", "groupsPerStep: -3")
                .replace("stepsPerBlock: 4", "stepsPerBlock: 9")
                .replace("maxSteps: 3", "maxSteps: -5")
                .replace("learningRate: 3e-4", "learningRate: -1")
                .replace("runId: first", "runId: Bad Name"));

        // When // Then
        assertThatThrownBy(() -> RunFile.read(file, runs -> {}))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("runs[0].runId: must be 1 to 100 lower-case letters, digits, dashes and dots")
                .hasMessageContaining("runs[0].sampler.stepsPerBlock: must be from 1 to blockSize, which is 4, not 9")
                .hasMessageContaining("runs[0].groups.groupsPerStep: must be at least 1, not -3")
                .hasMessageContaining("runs[0].optimizer.learningRate: must be finite and above 0, not -1.0")
                .hasMessageContaining("runs[0].stop.maxSteps: must be at least 0, not -5");
    }

    @Test
    void whatTheModelCannotDoIsListed() throws IOException {
        // Given
        Path file = write(SMALL.replace("hidden_size: 8,", "hidden_size: 8, max_position_embeddings: 16,"));

        // When // Then
        assertThatThrownBy(() -> RunFile.read(file, runs -> {}))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("runs[0].sampler.maxTokens: must be below the model's 16 positions");
    }

    @Test
    void aFileThatIsNoYamlIsRefusedInOneSentence() throws IOException {
        // Given
        Path file = write("runs: [");

        // When // Then
        assertThatThrownBy(() -> RunFile.read(file, runs -> {}))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("it is no YAML");
    }

    @Test
    void aMissingFileIsNamed() {
        // Given
        Path file = folder.resolve("none.yaml");

        // When // Then
        assertThatThrownBy(() -> RunFile.read(file, runs -> {}))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("none.yaml")
                .hasMessageContaining("there is no such file");
    }

    @Test
    void theShippedRunFromACheckpointWantsItsConfigurationAndNothingElse() {
        // Given
        Path file = Path.of("..", "runs", "sdar-math.yaml");
        String config = "{\"model_type\": \"sdar\", \"vocab_size\": 64, \"hidden_size\": 16, \"intermediate_size\": 32,"
                + " \"num_hidden_layers\": 1, \"num_attention_heads\": 2, \"mask_token_id\": 62, \"eos_token_id\": 63}";

        // When
        RunSpec run = RunFile.read(file, runs -> ((ObjectNode) runs.get(0).get("model")).put("config", config))
                .get(0)
                .spec();

        // Then
        assertThat(run.getModel().getInitial().getSource()).isEqualTo(WeightSource.CHECKPOINT);
        assertThatThrownBy(() -> RunFile.read(file, runs -> {}))
                .hasMessageContaining("runs[0].model.config: ")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void editsAreMadeBeforeTheRunsAreRead() throws IOException {
        // Given
        Path file = write(SMALL);

        // When
        List<PlannedRun> runs = RunFile.read(file, documents -> documents.get(0).put("seed", 42));

        // Then
        assertThat(runs.get(0).spec().getSeed()).isEqualTo(42);
    }

    @Test
    void aRunFromTheWeightsOfAnotherNamesItsParent() throws IOException {
        // Given
        String last = SMALL.replace("{source: random}", "{source: run, runId: base}");
        String third = SMALL.replace("{source: random}", "{source: run, runId: base, version: 3}");
        String named = third.replace("seed: 1\n", "seed: 1\n    parent: elsewhere\n");

        // Then
        assertThat(parent(SMALL)).isNull();
        assertThat(parent(last)).isEqualTo("base");
        assertThat(parent(third)).isEqualTo("base@3");
        assertThat(parent(named)).isEqualTo("elsewhere");
    }

    private @Nullable String parent(String text) throws IOException {
        return RunFile.read(write(text), runs -> {}).get(0).spec().getParent();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("run.yaml"), text);
    }
}
