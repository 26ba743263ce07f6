package dev.tracerl.core.pack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.golden.GoldenFile;

/** The toy network of the reference vectors: logits(i) = W[id_i] + mean of W[id_j] over visible j + P[position_i]. */
record ToyModel(double[][] w, double[][] p) {

    static ToyModel of(JsonNode golden) {
        return new ToyModel(GoldenFile.matrix(golden.get("W")), GoldenFile.matrix(golden.get("P")));
    }

    /** Scores of row {@code i}, {@code (vocabulary)}. */
    double[] logits(ReferenceRow row, int i) {
        boolean[] sees = row.attention()[i];
        double count = count(sees);
        double[] logits = new double[w.length];
        for (int v = 0; v < logits.length; v++) {
            double sum = 0;
            for (int j = 0; j < sees.length; j++) {
                sum += sees[j] ? w[row.extendedIds()[j]][v] : 0;
            }
            logits[v] = w[row.extendedIds()[i]][v] + sum / count + p[row.positions()[i]][v];
        }
        return logits;
    }

    /** Adds the gradient with respect to W that follows from the gradient with respect to the scores of row {@code i}. */
    static void backward(ReferenceRow row, int i, double[] logitsGradient, double[][] wGradient) {
        boolean[] sees = row.attention()[i];
        double count = count(sees);
        for (int v = 0; v < logitsGradient.length; v++) {
            wGradient[row.extendedIds()[i]][v] += logitsGradient[v];
            for (int j = 0; j < sees.length; j++) {
                wGradient[row.extendedIds()[j]][v] += sees[j] ? logitsGradient[v] / count : 0;
            }
        }
    }

    /** Scores of row {@code i} of a packed example, {@code (vocabulary)}. */
    double[] logits(PackedExample example, int i) {
        return logits(row(example), i);
    }

    /** As {@link #backward(ReferenceRow, int, double[], double[][])}. */
    static void backward(PackedExample example, int i, double[] logitsGradient, double[][] wGradient) {
        backward(row(example), i, logitsGradient, wGradient);
    }

    private static ReferenceRow row(PackedExample example) {
        boolean[][] sees = new boolean[example.rows()][example.rows()];
        for (int i = 0; i < sees.length; i++) {
            for (int j = 0; j < sees.length; j++) {
                sees[i][j] = example.sees(i, j);
            }
        }
        return new ReferenceRow(
                example.tokens(), new boolean[sees.length], example.positions(), example.tokens(), sees, 0);
    }

    private static double count(boolean[] values) {
        int count = 0;
        for (boolean value : values) {
            count += value ? 1 : 0;
        }
        return count;
    }
}
