package dev.tracerl.model.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import dev.tracerl.model.safetensors.TensorBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Small models and golden files for the tests of this module. */
public final class Models {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Models() {}

    /** Two layers of grouped-query attention over a vocabulary of 23. */
    public static ModelConfig tiny() {
        return config(true, false, false);
    }

    /** Variants of {@link #tiny}. */
    public static ModelConfig config(boolean queryKeyNorm, boolean attentionBias, boolean tied) {
        return config("sdar", new int[] {24, 40, 2, 4, 2, 8}, 4, queryKeyNorm, attentionBias, tied);
    }

    /** Like {@link #tiny}, with a key-value head for every query head. */
    public static ModelConfig multiHead() {
        return config("sdar", new int[] {24, 40, 2, 4, 4, 8}, 4, true, false, false);
    }

    /** A model of {@code llada}, {@code mmada} or {@code Dream}, with the biases that it has when published. */
    public static ModelConfig family(String modelType) {
        boolean dream = modelType.equals("Dream");
        return config(modelType, new int[] {32, 40, 2, 4, dream ? 2 : 4, 8}, 4, false, dream, false);
    }

    /** Shapes at the edges: one layer, one head, blocks of one token, heads of two features, blocks of eight. */
    public static Stream<ModelConfig> shapes() {
        return Stream.of(
                tiny(),
                config(true, true, true),
                config(false, true, false),
                config(false, false, true),
                multiHead(),
                config("sdar", new int[] {16, 8, 1, 1, 1, 16}, 4, true, false, false),
                config("sdar", new int[] {12, 20, 3, 6, 3, 2}, 1, true, true, false),
                config("sdar", new int[] {12, 20, 2, 6, 1, 4}, 8, true, false, true));
    }

    /** @param sizes hidden, intermediate, layers, heads, key-value heads, features of a head */
    private static ModelConfig config(
            String modelType, int[] sizes, int blockSize, boolean norm, boolean bias, boolean tied) {
        return new ModelConfig(
                modelType,
                23,
                sizes[0],
                sizes[1],
                sizes[2],
                sizes[3],
                sizes[4],
                sizes[5],
                1e-6,
                10_000,
                norm,
                bias,
                tied,
                64,
                blockSize,
                22,
                List.of(0),
                1,
                0.02);
    }

    /** Two layers of few features with room for long texts and many tokens. */
    public static ModelConfig sized(int vocabulary, int positions) {
        return new ModelConfig(
                "sdar",
                vocabulary,
                8,
                12,
                2,
                2,
                1,
                8,
                1e-6,
                10_000,
                true,
                false,
                false,
                positions,
                4,
                22,
                List.of(0),
                1,
                0.02);
    }

    /** Weights large enough that the outputs are far from uniform, norms and biases included. */
    public static Parameters strong(ModelConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<NamedTensor> tensors = new ArrayList<>();
        for (NamedTensor tensor : Parameters.random(config, seed).tensors()) {
            ByteBuffer bytes = ByteBuffer.allocate(tensor.data().remaining()).order(ByteOrder.LITTLE_ENDIAN);
            FloatBuffer floats = bytes.asFloatBuffer();
            boolean norm =
                    tensor.name().endsWith("norm.weight") || tensor.name().endsWith("ln_f.weight");
            while (floats.hasRemaining()) {
                floats.put((float) (norm ? 1 + random.nextDouble(-0.3, 0.3) : random.nextDouble(-0.35, 0.35)));
            }
            tensors.add(new NamedTensor(tensor.name(), tensor.shape(), bytes));
        }
        return Parameters.read(SafetensorsWriter.bytes(tensors), config);
    }

    /** The published toy checkpoint's configuration. */
    public static ModelConfig goldenConfig() {
        return goldenConfig("sdar");
    }

    /** The published toy checkpoint's weights. */
    public static Parameters goldenWeights() {
        return goldenWeights("sdar");
    }

    /** The configuration of a toy checkpoint: {@code sdar}, {@code llada} or {@code dream}. */
    public static ModelConfig goldenConfig(String name) {
        return ModelConfig.fromJson(new String(bytes("/golden/models/" + name + "-toy/config.json"), UTF_8));
    }

    /** The weights of a toy checkpoint. */
    public static Parameters goldenWeights(String name) {
        return Parameters.read(
                TensorBytes.of(bytes("/golden/models/" + name + "-toy/model.safetensors")), goldenConfig(name));
    }

    /** A golden file. */
    public static JsonNode json(String resource) {
        try {
            return JSON.readTree(bytes(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a resource. */
    public static byte[] bytes(String resource) {
        try (InputStream stream = Models.class.getResourceAsStream(resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON array of integers. */
    public static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    /** A JSON array of numbers. */
    public static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }
}
