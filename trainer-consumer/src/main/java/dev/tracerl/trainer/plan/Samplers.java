package dev.tracerl.trainer.plan;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.schemas.avro.SamplerSpec;

/** From the sampler's record to its settings. */
final class Samplers {

    private Samplers() {}

    static SamplerSettings settings(SamplerSpec spec) {
        return new SamplerSettings(
                spec.getBlockSize(),
                spec.getStepsPerBlock(),
                policy(spec),
                spec.getTemperature(),
                spec.getTopK(),
                spec.getTopP(),
                spec.getMaxTokens());
    }

    private static UnmaskingPolicy policy(SamplerSpec spec) {
        return switch (spec.getUnmasking()) {
            case STATIC -> new UnmaskingPolicy.StaticLowConfidence();
            case SEQUENTIAL -> new UnmaskingPolicy.Sequential();
            case DYNAMIC -> new UnmaskingPolicy.DynamicLowConfidence(spec.getThreshold());
            case ENTROPY_BOUNDED -> new UnmaskingPolicy.EntropyBounded(spec.getEntropyBound());
        };
    }
}
