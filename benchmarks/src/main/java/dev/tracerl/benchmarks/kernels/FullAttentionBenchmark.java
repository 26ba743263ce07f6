package dev.tracerl.benchmarks.kernels;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.EarlyStop;
import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import dev.tracerl.model.sampling.Samplers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Seconds to sample 64 responses of 64 tokens with full attention on one core, a token at a time in blocks of eight: with
 * whole sequences in every step, with a prefix cache, and with a cache and a horizon of two blocks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 4)
@Fork(1)
@SuppressWarnings("NullAway.Init") // the harness calls open first
public class FullAttentionBenchmark {
    private static final int GROUPS = 8;
    private static final int SAMPLES = 8;
    private static final int PROMPT = 32;
    private static final int RESPONSE = 64;
    private static final int BLOCK = 8;
    private static final int MASK = 31;

    /** What a step after a block's first evaluates. */
    @Param({"WHOLE", "CACHE", "HORIZON"})
    public Context context;

    private Network network;
    private Parameters weights;
    private Sampler sampler;

    /** What a step after a block's first evaluates. */
    public enum Context {
        WHOLE(FullSettings.DEFAULT),
        CACHE(new FullSettings(true, null, EarlyStop.NEVER)),
        HORIZON(new FullSettings(true, 2 * BLOCK, EarlyStop.NEVER));

        private final FullSettings settings;

        Context(FullSettings settings) {
            this.settings = settings;
        }
    }

    /** Loads the program. */
    @Setup
    public void open() {
        ModelConfig config = new ModelConfig(
                "llada",
                MASK + 1,
                64,
                192,
                4,
                4,
                4,
                16,
                1e-5,
                10_000,
                false,
                false,
                false,
                PROMPT + RESPONSE,
                BLOCK,
                MASK,
                List.of(0),
                0,
                0.02);
        SamplerSettings settings = new SamplerSettings(
                BLOCK,
                BLOCK,
                new UnmaskingPolicy.StaticLowConfidence(),
                1,
                0,
                1,
                RESPONSE,
                Confidence.DEFAULT,
                context.settings);
        network = Network.open("cpu");
        weights = Parameters.random(config, 1);
        sampler = Samplers.open(network, config, settings);
    }

    /** 64 responses of 64 tokens. */
    @Benchmark
    public List<FinishedSample> sample() {
        SplittableRandom random = new SplittableRandom(1);
        for (int group = 0; group < GROUPS; group++) {
            int[] prompt = random.ints(PROMPT, 1, MASK).toArray();
            List<SampleRequest> requests = new ArrayList<>();
            for (int sample = 0; sample < SAMPLES; sample++) {
                requests.add(new SampleRequest("group " + group, sample, prompt, 1));
            }
            sampler.add(requests);
        }
        List<FinishedSample> finished = new ArrayList<>();
        while (sampler.active() > 0) {
            finished.addAll(sampler.advance(weights, 0));
        }
        return finished;
    }

    /** Frees the tensors. */
    @TearDown
    public void close() {
        sampler.close();
        network.close();
    }
}
