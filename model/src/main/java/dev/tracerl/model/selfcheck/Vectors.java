package dev.tracerl.model.selfcheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Numbers of reference vectors, and how far others are from them. */
final class Vectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new SelfCheckException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static int[] ints(JsonNode array) {
        return list(array).stream().mapToInt(JsonNode::intValue).toArray();
    }

    static double[] doubles(JsonNode array) {
        return list(array).stream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    /** {@code (rows, columns)}. */
    static double[][] matrix(JsonNode rows) {
        return list(rows).stream().map(Vectors::doubles).toArray(double[][]::new);
    }

    /** One entry per character, 1 for 1. */
    static int[] bits(JsonNode text) {
        return text.textValue().chars().map(c -> c - '0').toArray();
    }

    static int[] bits(boolean[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = values[i] ? 1 : 0;
        }
        return bits;
    }

    /** Number of entries that differ; all of the longer one if the lengths do. */
    static double different(int[] found, int[] expected) {
        if (found.length != expected.length) {
            return Math.max(found.length, expected.length);
        }
        int different = 0;
        for (int i = 0; i < found.length; i++) {
            different += found[i] == expected[i] ? 0 : 1;
        }
        return different;
    }

    /** Largest absolute difference; infinite if the lengths differ, not a number if an entry is not. */
    static double deviation(double[] found, double[] expected) {
        double largest = found.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(found.length, expected.length); i++) {
            largest = Math.max(largest, Math.abs(found[i] - expected[i]));
        }
        return largest;
    }

    /** {@link #deviation} of the same rows. */
    static double deviation(double[][] found, double[][] expected) {
        double largest = found.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(found.length, expected.length); i++) {
            largest = Math.max(largest, deviation(found[i], expected[i]));
        }
        return largest;
    }

    /** Largest absolute entry. */
    static double size(double[][] values) {
        return deviation(values, new double[values.length][values.length == 0 ? 0 : values[0].length]);
    }
}
