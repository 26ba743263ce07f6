package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.TransferSchedule;
import dev.tracerl.core.decode.UnmaskingPolicy;

/** Sampler settings as the numbers that {@code sampling.ts} takes. */
final class SelectionSettings {
    private final SamplerSettings settings;
    private final int[] quotas;
    private final int padToken;

    /** Of a block-attention model, where nothing depends on padding. */
    SelectionSettings(SamplerSettings settings) {
        this(settings, TransferSchedule.tokensPerStep(settings.blockSize(), settings.stepsPerBlock()), -1);
    }

    /** @param quotas positions that are due in each step of a block */
    SelectionSettings(SamplerSettings settings, int[] quotas, int padToken) {
        this.settings = settings;
        this.quotas = quotas;
        this.padToken = padToken;
    }

    /** Positions to reveal in a step of a block; the whole block in the last step. */
    int quota(int step) {
        if (step >= quotas.length - 1) {
            return settings.blockSize();
        }
        return settings.policy() instanceof UnmaskingPolicy.ThresholdOrBest ? 1 : quotas[step];
    }

    /** Whether a random number for the order comes with every position. */
    boolean ordered() {
        return settings.confidence().rule() == Confidence.Rule.RANDOM
                || settings.full().selectionTemperature() > 0;
    }

    /** Norm epsilon, length of a prefix and quota, followed by the selection's settings. */
    double[] hyper(double normEpsilon, int prefix, int quota, int maskToken) {
        return new double[] {
            normEpsilon,
            prefix,
            quota,
            settings.temperature(),
            settings.topK(),
            settings.topP(),
            policy(),
            bound(),
            maskToken,
            confidence(),
            settings.confidence().plain() ? 1 : 0,
            settings.full().selectionTemperature(),
            settings.full().padPenalty(),
            padToken
        };
    }

    private int policy() {
        UnmaskingPolicy policy = settings.policy();
        if (policy instanceof UnmaskingPolicy.Sequential) {
            return 0;
        }
        if (policy instanceof UnmaskingPolicy.StaticLowConfidence) {
            return 1;
        }
        if (policy instanceof UnmaskingPolicy.DynamicLowConfidence) {
            return 2;
        }
        return policy instanceof UnmaskingPolicy.EntropyBounded ? 3 : 4;
    }

    private int confidence() {
        return switch (settings.confidence().rule()) {
            case PROBABILITY -> 0;
            case MARGIN -> 1;
            case NEGATIVE_ENTROPY -> 2;
            case RANDOM -> 3;
        };
    }

    private double bound() {
        if (settings.policy() instanceof UnmaskingPolicy.DynamicLowConfidence dynamic) {
            return dynamic.threshold();
        }
        if (settings.policy() instanceof UnmaskingPolicy.ThresholdOrBest limited) {
            return limited.threshold();
        }
        return settings.policy() instanceof UnmaskingPolicy.EntropyBounded bounded ? bounded.bound() : 0;
    }
}
