package dev.tracerl.model.adapter;

import dev.tracerl.model.safetensors.NamedTensor;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * The matrix {@code scale * B A}. Every row is computed on its own in one order, so that it has the same bits however
 * many threads share the work.
 *
 * @param a {@code (rank, columns)}
 * @param b {@code (rows, rank)}
 */
record LowRank(float[] a, float[] b, int rank, float scale) {

    static LowRank of(NamedTensor a, NamedTensor b, float scale) {
        return new LowRank(array(a), array(b), Math.toIntExact(a.shape().get(0)), scale);
    }

    private static float[] array(NamedTensor tensor) {
        float[] array = new float[Math.toIntExact(tensor.bytes() / Float.BYTES)];
        tensor.read(0, FloatBuffer.wrap(array));
        return array;
    }

    /**
     * Adds whole rows of this matrix.
     *
     * @param from index of the first element, counted over the matrix
     * @param target what they are added to
     */
    void addTo(long from, FloatBuffer target) {
        int columns = a.length / rank;
        int first = Math.toIntExact(from / columns);
        IntStream.range(0, target.remaining() / columns).parallel().forEach(row -> {
            float[] sum = row(first + row, columns);
            int start = target.position() + row * columns;
            for (int column = 0; column < columns; column++) {
                target.put(start + column, target.get(start + column) + scale * sum[column]);
            }
        });
    }

    /** A row of {@code B A}. */
    private float[] row(int row, int columns) {
        float[] sum = new float[columns];
        for (int k = 0; k < rank; k++) {
            float factor = b[row * rank + k];
            for (int column = 0; column < columns; column++) {
                sum[column] += factor * a[k * columns + column];
            }
        }
        return sum;
    }
}
