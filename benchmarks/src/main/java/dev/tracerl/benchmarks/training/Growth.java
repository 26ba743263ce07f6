package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.torch.Recording;
import dev.tracerl.model.training.ComputeSettings;
import java.util.ArrayList;
import java.util.List;

/** How a packed step on one trajectory grows with the length of the response, attention apart from the rest. */
final class Growth {
    private static final int PLAN = 4; // of the tensors of a batch
    private final Network network;
    private final int repetitions;

    Growth(Network network, int repetitions) {
        this.network = network;
        this.repetitions = repetitions;
    }

    /**
     * Twice the length: how many times more there is of everything; times are medians of ratios.
     *
     * @param from response tokens
     * @param rows through the trunk
     * @param pairs of a query and a key that it sees, in all layers
     * @param computed pairs of which probabilities are computed, those that tiles hide included
     * @param time of the step
     * @param outside time of the step without its attention
     * @param attention time of the attention of all layers, forward and backward
     * @param seconds of the longer step
     * @param outsideSeconds of the longer step without attention
     * @param attentionSeconds of the longer step's attention
     * @param probabilityMebibytes of the longer step's attention, in all layers
     */
    record Result(
            int from,
            int to,
            double rows,
            double pairs,
            double computed,
            double time,
            double outside,
            double attention,
            double seconds,
            double outsideSeconds,
            double attentionSeconds,
            double probabilityMebibytes) {}

    List<Result> run(boolean quick) {
        List<Result> results = new ArrayList<>();
        try (StepParts parts = new StepParts()) {
            for (int length = 128; length <= (quick ? 256 : 1024); length *= 2) {
                try (Length once = new Length(parts, length);
                        Length twice = new Length(parts, 2 * length)) {
                    Result result = compare(once, twice);
                    System.err.printf("%s%n", result);
                    results.add(result);
                }
            }
        }
        return results;
    }

    private Result compare(Length once, Length twice) {
        double[][] one = new double[3][repetitions];
        double[][] two = new double[3][repetitions];
        for (int i = -1; i < repetitions; i++) {
            int at = Math.max(0, i); // the first is not counted
            once.measure(one, at);
            twice.measure(two, at);
        }
        return new Result(
                once.length,
                twice.length,
                (double) twice.step.rows() / once.step.rows(),
                (double) twice.pairs() / once.pairs(),
                (double) twice.computedPairs() / once.computedPairs(),
                Comparison.median(Comparison.ratios(two[0], one[0])),
                Comparison.median(Comparison.ratios(two[1], one[1])),
                Comparison.median(Comparison.ratios(two[2], one[2])),
                Comparison.median(two[0]),
                Comparison.median(two[1]),
                Comparison.median(two[2]),
                Math.scalb(
                        (double) twice.computedPairs()
                                * Float.BYTES
                                * twice.shape.model().heads(),
                        -20));
    }

    /** A step on a response of some length, and its attention alone. */
    private final class Length implements AutoCloseable {
        private final int length;
        private final Shape shape;
        private final PackedExample example;
        private final Step step;
        private final Recording calls;
        private final Recording outside;
        private final Recording attention;

        Length(StepParts parts, int length) {
            this.length = length;
            this.shape = new Shape(length, 4, 512, Shape.Lengths.EQUAL, Shape.Steps.VARIED);
            this.example = TracePacker.pack(Traces.of(shape, 1).get(0), shape.packing());
            this.step = new Step(network, shape.model(), List.of(example), ComputeSettings.standard());
            this.calls = network.program().record(step::take);
            this.outside = parts.outside(calls);
            this.attention = parts.attention(calls);
        }

        /** Seconds of the step, of what is outside of attention, and of attention. */
        void measure(double[][] seconds, int repetition) {
            seconds[0][repetition] = step.seconds();
            seconds[1][repetition] = ProcessorTime.of(outside::replay);
            seconds[2][repetition] = ProcessorTime.of(attention::replay);
        }

        /** In the last layer only targets are queries. */
        long pairs() {
            int[] copySizes = new int[example.rows()];
            for (int copy : example.copy()) {
                if (copy >= 0) {
                    copySizes[copy]++;
                }
            }
            long[] seen = new long[example.rows()];
            long all = 0;
            for (int row = 0; row < seen.length; row++) {
                int copy = example.copy()[row];
                seen[row] = example.clean()[row] + (copy >= 0 ? copySizes[copy] : 0);
                all += seen[row];
            }
            long last = 0;
            for (int target : example.targets()) {
                last += seen[target];
            }
            return (shape.model().layers() - 1) * all + last;
        }

        /** By the plan of tiles, see {@code tiles.ts}. */
        long computedPairs() {
            int[] plan = calls.argument(0, StepParts.BATCH).get(PLAN).ints();
            long pairs = 0;
            for (int t = 2; t < plan.length; t += 5) { // B, Q, S, W, C
                long inTile = (long) plan[t] * plan[t + 1] * plan[t + 2] * (plan[t + 3] + plan[t + 4]);
                pairs += t < 2 + 5 * plan[1] ? (shape.model().layers() - 1) * inTile : inTile;
            }
            return pairs;
        }

        @Override
        public void close() {
            attention.close();
            outside.close();
            calls.close();
            step.close();
        }
    }
}
