package dev.tracerl.rollout.group;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.EarlyStop;
import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.schemas.avro.SamplerSpec;

/** From a request's sampler to the sampler's settings; names on the wire are names in {@code core}. */
public final class SamplerSpecs {

    private SamplerSpecs() {}

    /** @throws IllegalArgumentException if a setting is out of its bounds */
    public static SamplerSettings settings(SamplerSpec spec) {
        return new SamplerSettings(
                spec.getBlockSize(),
                spec.getStepsPerBlock(),
                UnmaskingPolicy.named(spec.getUnmasking().name(), spec.getThreshold(), spec.getEntropyBound()),
                spec.getTemperature(),
                spec.getTopK(),
                spec.getTopP(),
                spec.getMaxTokens(),
                new Confidence(Confidence.Rule.valueOf(spec.getConfidence().name()), spec.getPlainConfidence()),
                new FullSettings(
                        spec.getPrefixCache(),
                        spec.getFurtherHorizon(),
                        EarlyStop.valueOf(spec.getEarlyStop().name()),
                        spec.getSelectionTemperature(),
                        spec.getPadPenalty()));
    }
}
