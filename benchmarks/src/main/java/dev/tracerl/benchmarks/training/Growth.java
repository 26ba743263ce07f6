package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.training.ComputeSettings;
import java.util.ArrayList;
import java.util.List;

/** How a packed step on one trajectory grows with the length of the response, attention included. */
final class Growth {
    private final Network network;
    private final int repetitions;

    Growth(Network network, int repetitions) {
        this.network = network;
        this.repetitions = repetitions;
    }

    /**
     * Twice the length.
     *
     * @param from response tokens
     * @param rows how many times more rows
     * @param time how many times longer
     */
    record Result(int from, int to, double rows, double time) {}

    List<Result> run(boolean quick) {
        List<Result> results = new ArrayList<>();
        for (int length = 128; length <= (quick ? 256 : 1024); length *= 2) {
            try (Step once = step(length);
                    Step twice = step(2 * length)) {
                double time = new Comparison(network, repetitions).slowdown(once, twice);
                results.add(new Result(length, 2 * length, (double) twice.rows() / once.rows(), time));
            }
        }
        return results;
    }

    private Step step(int length) {
        Shape shape = new Shape(length, 4, 512, Shape.Lengths.EQUAL, Shape.Steps.VARIED);
        List<TracedResponse> traces = Traces.of(shape, 1);
        return new Comparison(network, repetitions).step(shape, traces, ComputeSettings.standard());
    }
}
