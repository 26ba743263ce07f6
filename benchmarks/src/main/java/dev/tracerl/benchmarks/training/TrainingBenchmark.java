package dev.tracerl.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.model.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packed training step against the published layout with the same kernels, and what else decides how fast training
 * is. Ten minutes on two busy cores, with {@code --quick} less than one; {@code --json FILE} writes the numbers.
 *
 * <p>Before a shape is timed, both layouts must give the same loss and gradient.
 */
public final class TrainingBenchmark {
    private static final int REPETITIONS = 3;

    private TrainingBenchmark() {}

    /** Everything that was measured. */
    record Report(
            List<Comparison.Result> comparisons,
            List<Growth.Result> growth,
            Map<String, Double> slowdowns,
            Map<String, Double> overhead,
            Map<String, Double> peakMebibytes) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        boolean quick = options.contains("--quick");
        Report report = run(quick);
        Tables.print(report, System.out);
        int json = options.indexOf("--json");
        if (json >= 0) {
            byte[] text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
            Files.write(Path.of(options.get(json + 1)), text);
        }
    }

    private static Report run(boolean quick) throws IOException, InterruptedException {
        List<Comparison.Result> comparisons = new ArrayList<>();
        try (Network network = Network.open("cpu")) {
            Map<String, Double> overhead = new Overhead(network).factors();
            for (Shape shape : Comparison.shapes(quick)) {
                // The long ones are long enough to be measured twice only.
                int repetitions = shape.response() > 256 ? REPETITIONS - 1 : REPETITIONS;
                Comparison.Result result = new Comparison(network, repetitions).run(shape, trajectories(shape));
                System.err.printf("%s: %.2f%n", shape, result.speedup());
                comparisons.add(result);
            }
            Map<String, Double> slowdowns = quick ? Map.of() : new Variants(network, REPETITIONS - 1).slowdowns();
            List<Growth.Result> growth = new Growth(network, REPETITIONS).run(quick);
            return new Report(comparisons, growth, slowdowns, overhead, MemoryProcess.run(quick));
        }
    }

    private static int trajectories(Shape shape) {
        if (shape.group() > 1) {
            return shape.response() > 64 ? shape.group() : 2 * shape.group();
        }
        if (shape.response() > 256) {
            return shape.lengths() == Shape.Lengths.EQUAL ? 1 : 2;
        }
        return shape.response() > 64 ? 3 : 6;
    }
}
