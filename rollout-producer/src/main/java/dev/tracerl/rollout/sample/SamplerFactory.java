package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.sampling.Sampler;

/** Makes samplers; owned by the engine's thread. */
public interface SamplerFactory extends AutoCloseable {

    /** @throws IllegalArgumentException if the model cannot be sampled with the settings */
    Sampler open(SamplerSettings settings);

    @Override
    void close();
}
