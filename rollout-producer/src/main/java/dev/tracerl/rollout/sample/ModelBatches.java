package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.SamplingBatch;
import java.util.List;
import java.util.Set;

/** Batches of the real model, on one network. */
public final class ModelBatches implements SequenceBatch.Factory {

    private final Network network;
    private final ModelConfig config;
    private final Precision precision;

    /** @param network closed with this factory */
    public ModelBatches(Network network, ModelConfig config, Precision precision) {
        this.network = network;
        this.config = config;
        this.precision = precision;
    }

    @Override
    public SequenceBatch open(SamplerSettings settings) {
        return new ModelBatch(new SamplingBatch(network, config, settings, Set.of(config.eosTokenId()), precision));
    }

    @Override
    public void close() {
        network.close();
    }

    private record ModelBatch(SamplingBatch batch) implements SequenceBatch {

        @Override
        public void add(List<SampleRequest> group) {
            batch.add(group);
        }

        @Override
        public List<FinishedSample> advance(Parameters weights, long version) {
            return batch.advance(weights, version);
        }

        @Override
        public int active() {
            return batch.active();
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
