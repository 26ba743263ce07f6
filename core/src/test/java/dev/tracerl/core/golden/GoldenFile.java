package dev.tracerl.core.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Reads reference vectors. */
public final class GoldenFile {

    private GoldenFile() {}

    public static JsonNode read(String name) {
        try (InputStream file = GoldenFile.class.getResourceAsStream("/golden/" + name)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    public static int[] ints(JsonNode array) {
        return list(array).stream().mapToInt(JsonNode::intValue).toArray();
    }

    public static double[] doubles(JsonNode array) {
        return list(array).stream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    /** {@code (rows, columns)}. */
    public static double[][] matrix(JsonNode rows) {
        return list(rows).stream().map(GoldenFile::doubles).toArray(double[][]::new);
    }

    /** One entry per character, true for 1. */
    public static boolean[] bits(JsonNode text) {
        boolean[] bits = new boolean[text.textValue().length()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = text.textValue().charAt(i) == '1';
        }
        return bits;
    }
}
