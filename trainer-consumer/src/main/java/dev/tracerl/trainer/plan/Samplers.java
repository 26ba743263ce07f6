package dev.tracerl.trainer.plan;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.EarlyStop;
import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.SamplerSpec;

/** From the sampler's record to its settings; names on the wire are names in {@code core}. */
final class Samplers {

    private Samplers() {}

    /** @throws IllegalArgumentException if the model cannot be sampled with them */
    static SamplerSettings settings(SamplerSpec spec, ModelConfig model) {
        SamplerSettings settings = settings(spec);
        dev.tracerl.model.sampling.Samplers.check(model, settings);
        return settings;
    }

    private static SamplerSettings settings(SamplerSpec spec) {
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
