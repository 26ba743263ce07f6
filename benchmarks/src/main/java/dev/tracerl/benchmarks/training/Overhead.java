package dev.tracerl.benchmarks.training;

import dev.tracerl.benchmarks.kernels.SampledBatch;
import dev.tracerl.benchmarks.kernels.SampledShape;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.torch.Recording;
import dev.tracerl.model.training.ComputeSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whole operations in turn with bare loops: the calls of the program's methods that an operation makes, made again on the
 * same tensors. What lies between is Java: packing, decisions, copies of tensors, handles. A training step is also in
 * turn with the simplest program for the same rows.
 */
final class Overhead {
    private static final double SECONDS = 4; // for the operation, and about as many for the bare loop
    private static final int FEWEST = 7;
    private static final int MOST = 1001;
    private static final double TOLERANCE = 1e-5;
    private static final Map<String, SampledShape> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("512 responses of 20 tokens, 64 features", SampledShape.sudoku(64));
        SHAPES.put(
                "32 responses of 32 tokens, 256 features",
                new SampledShape(Attention.BLOCK, 256, 8192, 4, 8, 128, 32, 4));
        SHAPES.put(
                "1 response of 32 tokens, 256 features",
                new SampledShape(Attention.BLOCK, 256, 8192, 1, 1, 128, 32, 4));
        SHAPES.put("1 response of 20 tokens, 64 features", new SampledShape(Attention.BLOCK, 64, 8, 1, 1, 16, 20, 4));
        SHAPES.put(
                "16 responses of 32 tokens, 128 features, full attention",
                new SampledShape(Attention.FULL, 128, 8192, 4, 4, 64, 32, 4));
    }

    private final Network network;
    private final List<Result> results = new ArrayList<>();

    Overhead(Network network) {
        this.network = network;
    }

    /**
     * An operation beside its bare loop; seconds are medians.
     *
     * @param calls how often the bare loop calls each method
     * @param factor median of the operation's time divided by the bare loop's
     */
    record Result(String what, Map<String, Long> calls, double seconds, double bareSeconds, double factor) {}

    List<Result> run(boolean quick) {
        SHAPES.forEach((name, shape) -> {
            if (!quick || results.isEmpty()) {
                measure(name, shape);
            }
        });
        return results;
    }

    private void measure(String name, SampledShape shape) {
        try (SampledBatch batch = new SampledBatch(network, shape)) {
            if (shape.attention() == Attention.FULL) {
                beside("whole responses", name, () -> {}, batch::sample);
                return;
            }
            train(name, shape, batch.sample().stream().map(shape::pack).toList());
            try (SampledBatch prompts = new SampledBatch(network, shape.prompts())) {
                beside("prefill and a step", name, () -> {}, prompts::begin);
            }
            beside("later blocks", name, batch::begin, batch::finish);
        }
    }

    private void train(String name, SampledShape shape, List<PackedExample> examples) {
        try (Step step = new Step(network, shape.model(), examples, ComputeSettings.standard())) {
            beside("training step", name, () -> {}, step::take);
            try (Recording calls = network.program().record(step::take);
                    PlainStep plain = new PlainStep(calls)) {
                requireEqual(plain, step);
                compare("training step beside one graph, " + name, () -> {}, step::take, plain.recording());
            }
        }
    }

    private static void requireEqual(PlainStep plain, Step step) {
        double loss = step.accumulate();
        double norm = step.apply();
        if (!close(plain.loss(), loss) || !close(plain.norm(), norm)) {
            throw new IllegalStateException("loss " + loss + " and " + plain.loss() + ", norm of the gradient " + norm
                    + " and " + plain.norm() + " in one graph");
        }
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE * (1 + Math.abs(b));
    }

    private void beside(String what, String name, Runnable prepare, Runnable operation) {
        prepare.run();
        operation.run(); // loads the weights
        prepare.run();
        try (Recording bare = network.program().record(operation)) {
            if (!bare.repeats()) {
                throw new IllegalStateException(what + ", " + name + ": the bare loop gives other numbers");
            }
            compare(what + ", " + name, prepare, operation, bare);
        }
    }

    private void compare(String what, Runnable prepare, Runnable operation, Recording bare) {
        prepare.run();
        double once = ProcessorTime.of(operation);
        int repetitions = Math.max(FEWEST, Math.min(MOST, (int) (SECONDS / once)));
        double[] ours = new double[repetitions];
        double[] theirs = new double[repetitions];
        for (int i = -repetitions / 2; i < repetitions; i++) { // not counted while Java warms up
            int at = Math.max(0, i);
            prepare.run();
            if (i % 2 == 0) {
                theirs[at] = ProcessorTime.of(bare::replay);
            }
            ours[at] = ProcessorTime.of(operation);
            if (i % 2 != 0) {
                theirs[at] = ProcessorTime.of(bare::replay);
            }
        }
        double factor = Comparison.median(Comparison.ratios(ours, theirs));
        System.err.printf("%s: %.3f%n", what, factor);
        results.add(new Result(what, calls(bare), Comparison.median(ours), Comparison.median(theirs), factor));
    }

    private static Map<String, Long> calls(Recording bare) {
        Map<String, Long> calls = new TreeMap<>();
        bare.methods().forEach(method -> calls.merge(method, 1L, Long::sum));
        return calls;
    }
}
