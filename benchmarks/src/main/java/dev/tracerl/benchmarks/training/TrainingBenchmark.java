package dev.tracerl.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.model.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The packed training step against the published layout with the same kernels, and what else decides how fast training
 * is. A quarter of an hour on two busy cores, with {@code --quick} about one minute; {@code --only overhead,growth} takes
 * these {@linkplain Part parts} only, {@code --json FILE} writes the numbers.
 *
 * <p>Before a shape is timed, both layouts must give the same loss and gradient.
 */
public final class TrainingBenchmark {
    private static final int REPETITIONS = 3;
    private static final int GROWTH_REPETITIONS = 7;

    private TrainingBenchmark() {}

    /** What can be measured. */
    enum Part {
        OVERHEAD,
        LAYOUTS,
        VARIANTS,
        GROWTH,
        MEMORY
    }

    /** Everything that was measured. */
    record Report(
            List<Comparison.Result> comparisons,
            List<Growth.Result> growth,
            Map<String, Double> slowdowns,
            List<Overhead.Result> overhead,
            Map<String, Double> peakMebibytes) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        boolean quick = options.contains("--quick");
        Report report = run(quick, parts(options));
        Tables.print(report, System.out);
        int json = options.indexOf("--json");
        if (json >= 0) {
            byte[] text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
            Files.write(Path.of(options.get(json + 1)), text);
        }
    }

    private static Set<Part> parts(List<String> options) {
        int only = options.indexOf("--only");
        return only < 0
                ? EnumSet.allOf(Part.class)
                : Arrays.stream(options.get(only + 1).split(","))
                        .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet());
    }

    private static Report run(boolean quick, Set<Part> parts) throws IOException, InterruptedException {
        try (Network network = Network.open("cpu")) {
            List<Overhead.Result> overhead =
                    parts.contains(Part.OVERHEAD) ? new Overhead(network).run(quick) : List.of();
            List<Comparison.Result> comparisons =
                    parts.contains(Part.LAYOUTS) ? comparisons(network, quick) : List.of();
            Map<String, Double> slowdowns = parts.contains(Part.VARIANTS) && !quick
                    ? new Variants(network, REPETITIONS - 1).slowdowns()
                    : Map.of();
            List<Growth.Result> growth = parts.contains(Part.GROWTH)
                    ? new Growth(network, quick ? REPETITIONS : GROWTH_REPETITIONS).run(quick)
                    : List.of();
            Map<String, Double> memory = parts.contains(Part.MEMORY) ? MemoryProcess.run(quick) : Map.of();
            return new Report(comparisons, growth, slowdowns, overhead, memory);
        }
    }

    private static List<Comparison.Result> comparisons(Network network, boolean quick) {
        List<Comparison.Result> comparisons = new ArrayList<>();
        for (Shape shape : Comparison.shapes(quick)) {
            // The long ones are long enough to be measured twice only.
            int repetitions = shape.response() > 256 ? REPETITIONS - 1 : REPETITIONS;
            Comparison.Result result = new Comparison(network, repetitions).run(shape, trajectories(shape));
            System.err.printf("%s: %.2f%n", shape, result.speedup());
            comparisons.add(result);
        }
        return comparisons;
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
