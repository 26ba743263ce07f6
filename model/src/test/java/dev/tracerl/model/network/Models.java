package dev.tracerl.model.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsWriter;
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
        return new ModelConfig(
                "sdar", 23, 24, 40, 2, 4, 2, 8, 1e-6, 10_000, queryKeyNorm, attentionBias, tied, 64, 4, 22, 0, 1);
    }

    /** Like {@link #tiny}, with a key-value head for every query head. */
    public static ModelConfig multiHead() {
        return new ModelConfig("sdar", 23, 24, 40, 2, 4, 4, 8, 1e-6, 10_000, true, false, false, 64, 4, 22, 0, 1);
    }

    /** Shapes at the edges: one layer, one head, blocks of one token, heads of two features, blocks of eight. */
    public static Stream<ModelConfig> shapes() {
        return Stream.of(
                tiny(),
                config(true, true, true),
                config(false, true, false),
                config(false, false, true),
                multiHead(),
                new ModelConfig("sdar", 23, 16, 8, 1, 1, 1, 16, 1e-6, 10_000, true, false, false, 64, 4, 22, 0, 1),
                new ModelConfig("sdar", 23, 12, 20, 3, 6, 3, 2, 1e-6, 10_000, true, true, false, 64, 1, 22, 0, 1),
                new ModelConfig("sdar", 23, 12, 20, 2, 6, 1, 4, 1e-6, 10_000, true, false, true, 64, 8, 22, 0, 1));
    }

    /** Weights large enough that the outputs are far from uniform, norms and biases included. */
    public static Parameters strong(ModelConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<NamedTensor> tensors = new ArrayList<>();
        for (NamedTensor tensor : Parameters.random(config, seed).tensors()) {
            ByteBuffer bytes = ByteBuffer.allocate(tensor.data().remaining()).order(ByteOrder.LITTLE_ENDIAN);
            FloatBuffer floats = bytes.asFloatBuffer();
            boolean norm = tensor.name().endsWith("norm.weight");
            while (floats.hasRemaining()) {
                floats.put((float) (norm ? 1 + random.nextDouble(-0.3, 0.3) : random.nextDouble(-0.35, 0.35)));
            }
            tensors.add(new NamedTensor(tensor.name(), tensor.shape(), bytes));
        }
        return Parameters.read(SafetensorsWriter.toBytes(tensors), config);
    }

    /** The published toy checkpoint's configuration. */
    public static ModelConfig goldenConfig() {
        return ModelConfig.fromJson(new String(bytes("/golden/models/sdar-toy/config.json"), UTF_8));
    }

    /** The published toy checkpoint's weights. */
    public static Parameters goldenWeights() {
        return Parameters.read(bytes("/golden/models/sdar-toy/model.safetensors"), goldenConfig());
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
