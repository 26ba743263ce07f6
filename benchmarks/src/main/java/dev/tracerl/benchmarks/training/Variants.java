package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.training.ComputeSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packed steps of other kinds, each in turn with its peer. */
final class Variants {
    private static final int TRAJECTORIES = 2;
    private final Network network;
    private final Comparison comparison;

    Variants(Network network, int repetitions) {
        this.network = network;
        this.comparison = new Comparison(network, repetitions);
    }

    /** How many times longer each takes than its peer. */
    Map<String, Double> slowdowns() {
        Map<String, Double> slowdowns = new LinkedHashMap<>();
        Shape shape = new Shape(256, 4, 32_768, Shape.Lengths.EQUAL, Shape.Steps.VARIED);
        slowdowns.put("bfloat16 / float32", against(shape, new ComputeSettings(Precision.BF16, false)));
        slowdowns.put("checkpointing / all kept", against(shape, new ComputeSettings(Precision.F32, true)));
        for (Shape.Lengths lengths : Shape.Lengths.values()) {
            for (int vocabulary : new int[] {512, 32_768}) {
                Shape full = new Shape(256, 4, vocabulary, lengths, Shape.Steps.TWO);
                slowdowns.put(
                        "full attention, " + lengths + ", " + vocabulary + " tokens: published / ours",
                        fullAttention(full));
            }
        }
        return slowdowns;
    }

    private double against(Shape shape, ComputeSettings compute) {
        List<TracedResponse> traces = Traces.of(shape, TRAJECTORIES);
        try (Step standard = comparison.step(shape, traces, ComputeSettings.standard());
                Step other = comparison.step(shape, traces, compute)) {
            return comparison.slowdown(standard, other);
        }
    }

    private double fullAttention(Shape shape) {
        List<TracedResponse> traces = Traces.of(shape, TRAJECTORIES);
        try (Step ours = full(shape, traces, false);
                Step published = full(shape, traces, true)) {
            return comparison.slowdown(ours, published);
        }
    }

    private Step full(Shape shape, List<TracedResponse> traces, boolean padded) {
        return new Step(
                network, shape.model(), new FullAttentionRows(shape, padded).of(traces), ComputeSettings.standard());
    }
}
