package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.TracedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Responses of a shape with made-up tokens; the lengths are quantiles of their distribution, so that few represent it. */
final class Traces {
    private static final double SIGMA = 0.7;
    private static final double MEAN_SHARE = 0.4;
    private static final double[] UP_TO_STEPS = {0.4, 0.7, 0.9, 1}; // one to four steps, two on average

    private final Shape shape;
    private final SplittableRandom random = new SplittableRandom(1);

    private Traces(Shape shape) {
        this.shape = shape;
    }

    /** @param count responses, a multiple of the group */
    static List<TracedResponse> of(Shape shape, int count) {
        Traces traces = new Traces(shape);
        List<TracedResponse> responses = new ArrayList<>();
        int groups = count / shape.group();
        for (int group = 0; group < groups; group++) {
            // Prompts in another order than the responses.
            double quantile = ((group * 7 + 3) % groups + 0.5) / groups;
            int length = (int) (Shape.SHORTEST_PROMPT + quantile * (Shape.LONGEST_PROMPT - Shape.SHORTEST_PROMPT));
            int[] prompt = traces.tokens(length);
            for (int i = group; i < count; i += groups) {
                responses.add(traces.response(prompt, traces.length((i + 0.5) / count)));
            }
        }
        return responses;
    }

    private int length(double quantile) {
        if (shape.lengths() == Shape.Lengths.EQUAL) {
            return shape.response();
        }
        double mean = MEAN_SHARE * shape.response();
        double length = mean * Math.exp(SIGMA * normal(quantile) - SIGMA * SIGMA / 2);
        return (int) Math.max(shape.block(), Math.min(shape.response(), length));
    }

    /** Quantile of the normal distribution, by bisection of its logistic approximation's integral. */
    private static double normal(double probability) {
        double low = -8;
        double high = 8;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            double below = 1 / (1 + Math.exp(-1.5976 * middle - 0.07056 * middle * middle * middle));
            if (below < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Fills its last block, like a sampled response. */
    private TracedResponse response(int[] prompt, int wanted) {
        int promptLength = prompt.length;
        int block = shape.block();
        int end = (promptLength + wanted) / block * block;
        int length = Math.max(end, (promptLength / block + 1) * block) - promptLength;
        int[] steps = new int[length];
        float[] logProbs = new float[length];
        int from = 0;
        while (from < length) {
            int to = Math.min(length, from + block - (promptLength + from) % block);
            reveal(steps, from, to);
            from = to;
        }
        for (int t = 0; t < length; t++) {
            logProbs[t] = (float) -Math.log(shape.vocabulary());
        }
        float advantage = random.nextBoolean() ? 1 : -1;
        return new TracedResponse(
                prompt, tokens(length), length, steps, logProbs, TracedResponse.repeat(advantage, length));
    }

    private void reveal(int[] steps, int from, int to) {
        int count = Math.min(to - from, stepCount());
        for (int i = from; i < to; i++) {
            steps[i] = (i - from) * count / (to - from);
        }
        for (int i = to - 1; i > from; i--) {
            int other = random.nextInt(from, i + 1);
            int step = steps[i];
            steps[i] = steps[other];
            steps[other] = step;
        }
    }

    private int stepCount() {
        if (shape.steps() == Shape.Steps.TWO) {
            return 2;
        }
        double draw = random.nextDouble();
        int count = 1;
        while (UP_TO_STEPS[count - 1] < draw) {
            count++;
        }
        return count;
    }

    private int[] tokens(int length) {
        return random.ints(length, Shape.MASK + 1, shape.vocabulary()).toArray();
    }
}
