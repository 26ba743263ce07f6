package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.training.ComputeSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One shape in both layouts, step by step in turn. */
final class Comparison {
    private static final int GROUP = 8;
    private final Network network;
    private final int repetitions;

    Comparison(Network network, int repetitions) {
        this.network = network;
        this.repetitions = repetitions;
    }

    /**
     * What was measured; seconds are medians for one step on all trajectories.
     *
     * @param speedup median over repetitions of reference time divided by packed time
     * @param gradientDifference of the layouts' gradients, as a share of the largest entry
     */
    record Result(
            Shape shape,
            int trajectories,
            double packedSeconds,
            double referenceSeconds,
            double speedup,
            long packedRows,
            long referenceRows,
            long packedTargets,
            long referenceTargets,
            double gradientDifference) {}

    Result run(Shape shape, int trajectories) {
        List<TracedResponse> traces = Traces.of(shape, trajectories);
        try (Step packed = step(shape, traces, ComputeSettings.standard());
                Step reference = new Step(
                        network, shape.model(), new ReferenceExamples(shape).of(traces), ComputeSettings.standard())) {
            Gradient ours = packed.gradient();
            Gradient theirs = reference.gradient();
            double difference = ours.requireEqual(theirs, shape.toString());
            double[][] seconds = interleaved(List.of(packed, reference));
            // The pass that was checked is the last repetition.
            seconds[0][repetitions - 1] = ours.seconds();
            seconds[1][repetitions - 1] = theirs.seconds();
            return new Result(
                    shape,
                    trajectories,
                    median(seconds[0]),
                    median(seconds[1]),
                    median(ratios(seconds[1], seconds[0])),
                    packed.rows(),
                    reference.rows(),
                    packed.targets(),
                    reference.targets(),
                    difference);
        }
    }

    Step step(Shape shape, List<TracedResponse> traces, ComputeSettings compute) {
        return new Step(
                network,
                shape.model(),
                traces.stream()
                        .map(trace -> TracePacker.pack(trace, shape.packing()))
                        .toList(),
                compute);
    }

    /** How many times longer the second of two steps takes. */
    double slowdown(Step first, Step second) {
        double[][] seconds = interleaved(List.of(first, second));
        seconds[0][repetitions - 1] = first.seconds();
        seconds[1][repetitions - 1] = second.seconds();
        return median(ratios(seconds[1], seconds[0]));
    }

    /** All repetitions but the last. */
    private double[][] interleaved(List<Step> steps) {
        double[][] seconds = new double[steps.size()][repetitions];
        for (int repetition = 0; repetition < repetitions - 1; repetition++) {
            for (int i = 0; i < steps.size(); i++) {
                seconds[i][repetition] = steps.get(i).seconds();
            }
        }
        return seconds;
    }

    static double[] ratios(double[] numerators, double[] denominators) {
        double[] ratios = new double[numerators.length];
        Arrays.setAll(ratios, i -> numerators[i] / denominators[i]);
        return ratios;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The shapes of a run. */
    static List<Shape> shapes(boolean quick) {
        List<Shape> shapes = new ArrayList<>();
        for (Shape.Lengths lengths : Shape.Lengths.values()) {
            for (int response : quick ? new int[] {64, 256} : new int[] {64, 256, 1024}) {
                for (int block : quick ? new int[] {4} : new int[] {4, 8}) {
                    for (int vocabulary : quick ? new int[] {512} : new int[] {512, 32_768}) {
                        shapes.add(new Shape(response, block, vocabulary, lengths, Shape.Steps.VARIED));
                    }
                }
            }
            shapes.addAll(shortShapes(lengths));
        }
        return shapes;
    }

    /** Two steps in every block, and groups. */
    private static List<Shape> shortShapes(Shape.Lengths lengths) {
        return List.of(
                new Shape(256, 4, 512, lengths, Shape.Steps.TWO),
                new Shape(64, 4, 512, lengths, Shape.Steps.VARIED, GROUP),
                new Shape(256, 4, 512, lengths, Shape.Steps.VARIED, GROUP),
                new Shape(256, 4, 512, lengths, Shape.Steps.TWO, GROUP));
    }
}
