package dev.tracerl.benchmarks.training;

import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Recording;
import dev.tracerl.model.torch.TensorScope;
import dev.tracerl.model.torch.TorchProgram;
import java.util.List;

/** A training step as one would write it first, {@code plain.ts}, on the tensors of a recorded step. */
final class PlainStep implements AutoCloseable {
    private static final List<String> SOURCE = List.of(
            "/dev/tracerl/model/transformer.ts",
            "/dev/tracerl/model/tiles.ts",
            "/dev/tracerl/model/packed.ts",
            "/dev/tracerl/model/training.ts",
            "/dev/tracerl/benchmarks/plain.ts");

    private final TorchProgram program = TorchProgram.load("cpu", 1, SOURCE);
    private final Recording recording;
    private double loss;
    private double norm;

    /** @param step calls of {@code accumulate}, then one of {@code adamw}; it must stay open */
    PlainStep(Recording step) {
        recording = program.record(() -> {
            try (TensorScope scope = program.scope()) {
                int last = step.methods().size() - 1;
                for (int call = 0; call < last; call++) {
                    accumulate(step, call, scope);
                }
                apply(step, last, scope);
            }
        });
    }

    private void accumulate(Recording step, int call, TensorScope scope) {
        Call plain = Call.training("accumulate");
        for (int list = 1; list <= 3; list++) { // what is trained, its gradients, the batch
            plain.with(step.argument(call, list));
        }
        for (int tensor = 4; tensor <= 7; tensor++) { // values, rotations, config, hyper
            plain.with(step.argument(call, tensor).get(0));
        }
        double[] sums = scope.run(plain).get(0).doubles();
        loss += sums[0] + sums[1];
    }

    private void apply(Recording step, int call, TensorScope scope) {
        Call plain = Call.inference("adamw");
        for (int list = 0; list <= 4; list++) {
            plain.with(step.argument(call, list));
        }
        plain.with(step.argument(call, 5).get(0)); // hyper
        norm = scope.run(plain).get(0).doubles()[0];
    }

    Recording recording() {
        return recording;
    }

    /** Of all micro-batches. */
    double loss() {
        return loss;
    }

    /** Of the gradient. */
    double norm() {
        return norm;
    }

    @Override
    public void close() {
        recording.close();
        program.close();
    }
}
