package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.TensorScope;
import dev.tracerl.model.training.ComputeSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Peak memory of a gradient beyond weights, moments and program, in MiB. {@link MemoryProcess} starts it. */
final class MemoryBenchmark {
    static final String MARK = "peak\t";
    private static final ComputeSettings STANDARD = ComputeSettings.standard();
    private static final int VOCABULARY = 152_000;
    private static final int TARGETS = 1000;
    private static final int DEEP = 12;

    private final Network network;
    private final Map<String, Double> peaks = new LinkedHashMap<>();

    private MemoryBenchmark(Network network) {
        this.network = network;
    }

    public static void main(String[] arguments) {
        try (Network network = Network.open("cpu")) {
            MemoryBenchmark benchmark = new MemoryBenchmark(network);
            benchmark.layers();
            benchmark.layouts(Boolean.parseBoolean(arguments[0]));
            benchmark.head();
            benchmark.peaks.forEach((name, mebibytes) -> System.out.println(MARK + name + "\t" + mebibytes));
        }
    }

    /** One trajectory through twelve layers. */
    private void layers() {
        Shape shape = new Shape(1024, 4, 512, Shape.Lengths.EQUAL, Shape.Steps.VARIED);
        for (Precision precision : Precision.values()) {
            for (boolean checkpointing : new boolean[] {true, false}) {
                String name = DEEP + " layers, 1,024 tokens, " + precision + (checkpointing ? ", checkpointing" : "");
                ComputeSettings compute = new ComputeSettings(precision, checkpointing);
                measure(name, packed(shape, shape.model(DEEP), compute));
            }
        }
    }

    private void layouts(boolean quick) {
        for (Shape shape : Comparison.shapes(quick)) {
            if (shape.equals(
                    new Shape(shape.response(), 4, shape.vocabulary(), Shape.Lengths.EQUAL, Shape.Steps.VARIED))) {
                String name = shape.response() + " tokens, vocabulary " + shape.vocabulary();
                measure(name + ", packed", packed(shape, shape.model(), STANDARD));
                measure(
                        name + ", published",
                        new Step(
                                network,
                                shape.model(),
                                new ReferenceExamples(shape).of(Traces.of(shape, 1)),
                                STANDARD));
            }
        }
    }

    private Step packed(Shape shape, ModelConfig model, ComputeSettings compute) {
        List<TracedResponse> traces = Traces.of(shape, 1);
        return new Step(network, model, List.of(TracePacker.pack(traces.get(0), shape.packing())), compute);
    }

    private void measure(String name, Step step) {
        try (step) {
            peaks.put(name, PeakMemory.of(step::accumulate));
        }
    }

    /** The head alone, a thousand targets: our step with a trunk of no size, and the scores as one matrix. */
    private void head() {
        Shape shape = new Shape(TARGETS, 4, VOCABULARY, Shape.Lengths.EQUAL, Shape.Steps.TWO);
        measure("head, 152,000 tokens, 1,000 targets, chunked", packed(shape, thin(shape), STANDARD));
        peaks.put("head, 152,000 tokens, 1,000 targets, at once", PeakMemory.of(this::lossAtOnce));
    }

    private static ModelConfig thin(Shape shape) {
        return new ModelConfig(
                "sdar",
                shape.vocabulary(),
                8,
                8,
                1,
                1,
                1,
                8,
                1e-6,
                10_000,
                false,
                false,
                true,
                Shape.LONGEST_PROMPT + shape.response() + 2 * shape.block(),
                shape.block(),
                Shape.MASK,
                List.of(0),
                Shape.PAD,
                0.02);
    }

    private void lossAtOnce() {
        try (TensorScope scope = network.program().scope()) {
            scope.run(Call.training("loss")
                    .with(scope.zeros(TARGETS, VOCABULARY), scope.ints(new int[TARGETS], TARGETS))
                    .with(scope.zeros(3, TARGETS), scope.hostDoubles(1e-6, 0, 0.2, 0, 3, 1, 1, Shape.MASK)));
        }
    }
}
