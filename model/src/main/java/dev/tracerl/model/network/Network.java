package dev.tracerl.model.network;

import dev.tracerl.model.torch.TorchProgram;
import dev.tracerl.model.torch.TorchUnavailableException;
import java.util.List;

/**
 * The transformer's program on one device, for any configuration. One instance serves one thread at a time; samplers and
 * trainers that share it must run on the same thread.
 */
public final class Network implements AutoCloseable {
    private static final List<String> SOURCE = List.of(
            "/dev/tracerl/model/transformer.ts",
            "/dev/tracerl/model/sampling.ts",
            "/dev/tracerl/model/full_sampling.ts",
            "/dev/tracerl/model/tiles.ts",
            "/dev/tracerl/model/packed.ts",
            "/dev/tracerl/model/training.ts",
            "/dev/tracerl/model/value.ts",
            "/dev/tracerl/model/program.ts");

    private final TorchProgram program;

    private Network(TorchProgram program) {
        this.program = program;
    }

    /**
     * Opens with one thread inside operators, which is fastest for small models and bit-for-bit repeatable.
     *
     * @param device {@code cpu}, {@code cuda} or {@code cuda:1}
     * @throws TorchUnavailableException if PyTorch or the device is not available here
     */
    public static Network open(String device) {
        return open(device, 1);
    }

    /** Opens with a number of threads inside operators that is the same for the whole process. */
    public static Network open(String device, int threads) {
        return new Network(TorchProgram.load(device, threads, SOURCE));
    }

    /** The compiled program; for the sampler and the trainer. */
    public TorchProgram program() {
        return program;
    }

    /** Tensors that live outside of a call: weights, caches, moments. Constant while nothing leaks. */
    public int keptTensors() {
        return program.keptTensors();
    }

    @Override
    public void close() {
        program.close();
    }
}
