package dev.tracerl.benchmarks.training;

import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Recording;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import dev.tracerl.model.torch.TorchProgram;
import dev.tracerl.model.training.ComputeSettings;
import java.util.List;

/**
 * A recorded training step of one micro-batch, taken apart: its attention, and all but its attention. The recording must
 * stay open.
 */
final class StepParts implements AutoCloseable {
    static final int BATCH = 3; // argument of accumulate
    private static final int CONFIG = 6;
    private static final int ARGUMENTS = 9; // of accumulate, of which the first four are lists
    private static final List<String> ATTENTION = List.of(
            "/dev/tracerl/model/transformer.ts",
            "/dev/tracerl/model/tiles.ts",
            "/dev/tracerl/model/packed.ts",
            "/dev/tracerl/benchmarks/attention.ts");
    private static final List<String> OUTSIDE = List.of(
            "/dev/tracerl/model/transformer.ts",
            "/dev/tracerl/model/sampling.ts",
            "/dev/tracerl/model/full_sampling.ts",
            "/dev/tracerl/benchmarks/no_attention.ts",
            "/dev/tracerl/model/packed.ts",
            "/dev/tracerl/model/training.ts",
            "/dev/tracerl/model/value.ts",
            "/dev/tracerl/model/program.ts");

    private final TorchProgram attention = TorchProgram.load("cpu", 1, ATTENTION);
    private final TorchProgram outside = TorchProgram.load("cpu", 1, OUTSIDE);

    /** The attention of all layers, forward and backward, on other numbers of the same shapes. */
    Recording attention(Recording step) {
        List<Tensor> batch = step.argument(0, BATCH);
        Tensor config = step.argument(0, CONFIG).get(0);
        try (TensorScope scope = attention.scope()) {
            List<Tensor> heads = scope.run(Call.inference("heads").with(batch).with(config));
            List<Tensor> longs = scope.run(Call.inference("longs").with(batch));
            Tensor bound = scope.hostDoubles(ComputeSettings.standard().attentionBytes());
            Call call = Call.training("attention").with(heads).with(longs).with(config, bound);
            return attention.record(() -> scope.run(call));
        }
    }

    /** The step with an addition where its attention was. */
    Recording outside(Recording step) {
        Call accumulate = Call.training("accumulate");
        Call adamw = Call.inference("adamw");
        for (int i = 0; i < ARGUMENTS; i++) {
            add(accumulate, step.argument(0, i), i <= BATCH);
        }
        for (int i = 0; i <= 5; i++) {
            add(adamw, step.argument(1, i), i < 5);
        }
        try (TensorScope scope = outside.scope()) {
            return outside.record(() -> {
                scope.run(accumulate);
                scope.run(adamw);
            });
        }
    }

    private static void add(Call call, List<Tensor> argument, boolean list) {
        if (list) {
            call.with(argument);
        } else {
            call.with(argument.get(0));
        }
    }

    @Override
    public void close() {
        attention.close();
        outside.close();
    }
}
