package dev.tracerl.schemas.rules;

import dev.tracerl.schemas.avro.CacheRule;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.Unmasking;

/** What the values of a sampler must be. */
final class SamplerRules {

    private SamplerRules() {}

    /** @param key where the sampler is */
    static void check(String key, SamplerSpec sampler, Findings findings) {
        int blockSize = sampler.getBlockSize();
        findings.atLeast(1, key + ".blockSize", blockSize);
        int steps = sampler.getStepsPerBlock();
        findings.require(
                blockSize < 1 || (steps >= 1 && steps <= blockSize),
                key + ".stepsPerBlock",
                "must be from 1 to blockSize, which is %d, not %d: a step reveals a token at least"
                        .formatted(blockSize, steps));
        unmasking(key, sampler, findings);
        findings.notNegative(key + ".temperature", sampler.getTemperature());
        findings.atLeast(0, key + ".topK", sampler.getTopK());
        findings.positiveShare(key + ".topP", sampler.getTopP());
        findings.atLeast(1, key + ".maxTokens", sampler.getMaxTokens());
        findings.require(
                sampler.getCacheRule() == CacheRule.KEEP,
                key + ".cacheRule",
                "must be KEEP, not " + sampler.getCacheRule());
        Integer horizon = sampler.getFurtherHorizon();
        if (horizon != null) {
            findings.atLeast(0, key + ".furtherHorizon", horizon);
            findings.require(
                    sampler.getPrefixCache(), key + ".furtherHorizon", "needs prefixCache, which it is the reach of");
        }
        findings.notNegative(key + ".selectionTemperature", sampler.getSelectionTemperature());
        double penalty = sampler.getPadPenalty();
        findings.require(
                penalty >= 1 && Double.isFinite(penalty),
                key + ".padPenalty",
                "must be finite and at least 1, not " + penalty);
    }

    private static void unmasking(String key, SamplerSpec sampler, Findings findings) {
        double threshold = sampler.getThreshold();
        if (sampler.getUnmasking() == Unmasking.DYNAMIC) {
            findings.share(key + ".threshold", threshold);
        }
        if (sampler.getUnmasking() == Unmasking.THRESHOLD) {
            findings.require(Double.isFinite(threshold), key + ".threshold", "must be finite, not " + threshold);
        }
        if (sampler.getUnmasking() == Unmasking.ENTROPY_BOUNDED) {
            double bound = sampler.getEntropyBound();
            findings.require(bound > 0, key + ".entropyBound", "must be above 0, not " + bound);
        }
    }
}
