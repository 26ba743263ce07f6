package dev.tracerl.benchmarks.kernels;

import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;

/** All requests of a shape sampled at once, again and again, whole or in pieces. */
public final class SampledBatch implements AutoCloseable {
    private final List<SampleRequest> requests;
    private final Parameters weights;
    private final Sampler sampler;

    /** An empty batch. */
    public SampledBatch(Network network, SampledShape shape) {
        this.requests = shape.requests();
        this.weights = Parameters.random(shape.model(), 1);
        this.sampler = shape.sampler(network);
    }

    /** Adds all requests and samples their first block. */
    public List<FinishedSample> begin() {
        sampler.add(requests);
        return sampler.advance(weights, 0);
    }

    /** Samples all blocks that are left. */
    public List<FinishedSample> finish() {
        List<FinishedSample> finished = new ArrayList<>();
        while (sampler.active() > 0) {
            finished.addAll(sampler.advance(weights, 0));
        }
        return finished;
    }

    /** Samples whole responses. */
    public List<FinishedSample> sample() {
        List<FinishedSample> finished = new ArrayList<>(begin());
        finished.addAll(finish());
        return finished;
    }

    @Override
    public void close() {
        sampler.close();
    }
}
