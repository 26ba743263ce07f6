package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenCheckpointTest {
    private static final double TOLERANCE = 1e-4;

    private final JsonNode golden = golden("sdar");

    @ParameterizedTest
    @ValueSource(strings = {"llada", "dream"})
    void fullAttentionScoresAreThePublishedOnes(String family) {
        // Given
        JsonNode vector = golden(family);
        assertThat(Models.goldenConfig(family).attention()).isEqualTo(Attention.FULL);
        for (int i = 0; i < vector.get("ids").size(); i++) {
            int[] ids = Models.ints(vector.get("ids").get(i));
            int[] rows = IntStream.range(0, ids.length).toArray();
            int[] none = new int[ids.length];

            // When: all rows are one noisy copy without clean text
            double[][] scores = scores(family, example(ids, rows, none, none, 0, rows));

            // Then
            assertClose(scores, vector.get("logits").get(i), 0);
        }
    }

    @Test
    void blockCausalScoresAreThePublishedOnes() {
        // Given
        JsonNode vector = golden.get("block_causal");
        int blockSize = vector.get("block_size").asInt();
        for (int i = 0; i < vector.get("ids").size(); i++) {
            int[] ids = Models.ints(vector.get("ids").get(i));
            int[] positions = IntStream.range(0, ids.length).toArray();
            int[] clean = Arrays.stream(positions)
                    .map(p -> Math.min(BlockPartition.absolute(blockSize).endOfBlockAt(p), ids.length))
                    .toArray();
            int[] copy = new int[ids.length];
            Arrays.fill(copy, -1);

            // When
            double[][] scores = scores("sdar", example(ids, positions, clean, copy, ids.length, positions));

            // Then
            assertClose(scores, vector.get("logits").get(i), 0);
        }
    }

    /** The published layout pads the prompt on the left; padding is seen by nothing, so we leave it out. */
    @Test
    void trainingScoresAreThePublishedOnes() {
        // Given
        JsonNode vector = golden.get("training");
        int block = vector.get("block_size").asInt();
        int response = vector.get("response_length").asInt();
        for (int i = 0; i < vector.get("extended_ids").size(); i++) {
            int[] ids = Models.ints(vector.get("extended_ids").get(i));
            int pads = (int) IntStream.range(0, vector.get("prompt_length").asInt())
                    .filter(p -> ids[p] == vector.get("pad_id").asInt())
                    .count();
            int prompt = vector.get("prompt_length").asInt() - pads;
            int cleanLength = prompt + response;
            int rows = cleanLength + response;
            int[] clean = new int[rows];
            int[] copy = new int[rows];
            for (int row = 0; row < rows; row++) {
                boolean noisy = row >= cleanLength;
                int position = noisy ? row - response : row;
                BlockPartition partition = BlockPartition.responseAligned(block, prompt);
                clean[row] = noisy
                        ? partition.startOfBlockAt(position)
                        : Math.min(partition.endOfBlockAt(position), cleanLength);
                copy[row] = noisy ? partition.blockOf(position) : -1;
            }
            int[] all = IntStream.range(0, rows).toArray();
            int[] positions = tail(Models.ints(vector.get("position_ids").get(i)), pads);

            // When
            double[][] scores = scores("sdar", example(tail(ids, pads), positions, clean, copy, cleanLength, all));

            // Then
            assertClose(scores, vector.get("logits").get(i), pads);
        }
    }

    private static double[][] scores(String family, PackedExample example) {
        ModelConfig config = Models.goldenConfig(family);
        try (Network network = Network.open("cpu");
                PolicyTrainer trainer = new PolicyTrainer(
                        network, config, Models.goldenWeights(family), OptimizerSettings.published())) {
            float[] flat = trainer.targetScores(List.of(example));
            double[][] scores = new double[example.targets().length][config.vocabSize()];
            for (int t = 0; t < scores.length; t++) {
                for (int v = 0; v < config.vocabSize(); v++) {
                    scores[t][v] = flat[t * config.vocabSize() + v];
                }
            }
            return scores;
        }
    }

    private static JsonNode golden(String family) {
        return Models.json("/golden/models/" + family + "-toy/golden.json");
    }

    private static PackedExample example(
            int[] ids, int[] positions, int[] clean, int[] copy, int cleanLength, int[] targets) {
        int[] labels = new int[targets.length];
        float[] zeros = new float[targets.length];
        return new PackedExample(
                ids, positions, clean, copy, cleanLength, targets, labels, zeros, zeros, zeros, new float[0]);
    }

    private static int[] tail(int[] values, int from) {
        return Arrays.copyOfRange(values, from, values.length);
    }

    private static void assertClose(double[][] scores, JsonNode expected, int skipped) {
        assertThat(expected.size() - skipped).isEqualTo(scores.length);
        for (int row = 0; row < scores.length; row++) {
            double[] wanted = Models.doubles(expected.get(row + skipped));
            for (int v = 0; v < wanted.length; v++) {
                assertThat(scores[row][v]).isCloseTo(wanted[v], within(TOLERANCE));
            }
        }
    }
}
