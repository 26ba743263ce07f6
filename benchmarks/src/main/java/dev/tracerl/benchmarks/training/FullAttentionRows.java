package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracedResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a model with full attention: one for every step, in which all rows see each other. Padding is seen too, which
 * costs the same as hiding it, so that only time may be compared.
 */
final class FullAttentionRows {
    static final int STEPS = 4;
    private final Shape shape;
    private final boolean padded;

    /** @param padded as published: padded to the longest, with the head over the whole response */
    FullAttentionRows(Shape shape, boolean padded) {
        this.shape = shape;
        this.padded = padded;
    }

    /** {@link #STEPS} rows a response; every step reveals every fourth token. */
    List<PackedExample> of(List<TracedResponse> responses) {
        List<PackedExample> examples = new ArrayList<>();
        for (TracedResponse response : responses) {
            for (int step = 0; step < STEPS; step++) {
                examples.add(example(response, step));
            }
        }
        return examples;
    }

    private PackedExample example(TracedResponse response, int step) {
        int prompt = response.prompt().length;
        int[] sequence = response.sequence();
        int rows = padded ? Shape.LONGEST_PROMPT + shape.response() : sequence.length;
        int[] tokens = Arrays.copyOf(sequence, rows);
        int[] clean = new int[rows];
        int[] copy = new int[rows];
        Arrays.fill(clean, rows);
        Arrays.fill(copy, -1);
        IntStream.range(prompt, sequence.length)
                .filter(row -> row % STEPS >= step)
                .forEach(row -> tokens[row] = Shape.MASK);
        int[] targets = IntStream.range(prompt, padded ? prompt + shape.response() : sequence.length)
                .filter(row -> padded || row % STEPS == step)
                .toArray();
        int[] labels = Arrays.stream(targets)
                .map(row -> row < sequence.length ? sequence[row] : Shape.PAD)
                .toArray();
        float[] logProbs = new float[targets.length];
        float[] weights = new float[targets.length];
        Arrays.fill(logProbs, response.logProbs()[0]);
        Arrays.fill(weights, 1f / shape.response());
        float[] advantages = TracedResponse.repeat(response.advantages()[0], targets.length);
        int[] positions = IntStream.range(0, rows).toArray();
        return new PackedExample(
                tokens, positions, clean, copy, rows, targets, labels, advantages, logProbs, weights, new float[0]);
    }
}
