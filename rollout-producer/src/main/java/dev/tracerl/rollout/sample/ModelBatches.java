package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.sampling.Sampler;
import dev.tracerl.model.sampling.Samplers;

/**
 * Samplers of the real model, on one network.
 *
 * @param network closed with this factory
 */
public record ModelBatches(Network network, ModelConfig config, Precision precision) implements SamplerFactory {

    @Override
    public Sampler open(SamplerSettings settings) {
        return Samplers.open(network, config, settings, precision);
    }

    @Override
    public void close() {
        network.close();
    }
}
