package dev.tracerl.core.decode;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Two layers in which every position adds the mean of what it sees. Keys of the second layer depend on the whole
 * sequence, so that a cache of them goes stale.
 */
final class ToyFullNetwork implements FullLogitsSource {

    private final double[][] embedding; // (vocabulary, vocabulary)
    private final double scale;

    ToyFullNetwork(int vocabulary, double scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.scale = scale;
        this.embedding = IntStream.range(0, vocabulary)
                .mapToObj(token -> random.doubles(vocabulary, -1, 1).toArray())
                .toArray(double[][]::new);
    }

    @Override
    public double[][] logits(int[] window, int start, int[] cached) {
        double[][] prefix = IntStream.range(0, start)
                .mapToObj(position -> embed(cached[position], position))
                .toArray(double[][]::new);
        double[][] rows = IntStream.range(0, window.length)
                .mapToObj(i -> embed(window[i], start + i))
                .toArray(double[][]::new);
        double[][] stale = start == 0 ? new double[0][] : mixedWhole(cached);
        return mixed(mixed(rows, prefix), Arrays.copyOf(stale, start));
    }

    private double[][] mixedWhole(int[] tokens) {
        double[][] rows = IntStream.range(0, tokens.length)
                .mapToObj(position -> embed(tokens[position], position))
                .toArray(double[][]::new);
        return mixed(rows, new double[0][]);
    }

    private double[] embed(int token, int position) {
        double[] row = new double[embedding.length];
        for (int v = 0; v < row.length; v++) {
            row[v] = scale * (embedding[token][v] + Math.sin(1.3 * position + 2.1 * v));
        }
        return row;
    }

    /** {@code x_i + tanh(mean of what i sees)}: all rows and the prefix. */
    private static double[][] mixed(double[][] rows, double[][] prefix) {
        double[] mean = new double[rows[0].length];
        for (double[][] part : new double[][][] {prefix, rows}) {
            for (double[] row : part) {
                for (int v = 0; v < mean.length; v++) {
                    mean[v] += row[v] / (rows.length + prefix.length);
                }
            }
        }
        double[][] mixed = new double[rows.length][mean.length];
        for (int i = 0; i < rows.length; i++) {
            for (int v = 0; v < mean.length; v++) {
                mixed[i][v] = rows[i][v] + 2 * Math.tanh(3 * mean[v] + rows[i][(v + 1) % mean.length]);
            }
        }
        return mixed;
    }
}
