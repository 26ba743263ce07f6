package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.TransferSchedule;
import dev.tracerl.core.decode.UnmaskingPolicy;

/** Sampler settings as the numbers that {@code sampling.ts} takes. */
final class SelectionSettings {
    private final SamplerSettings settings;
    private final int[] quotas;

    SelectionSettings(SamplerSettings settings) {
        this.settings = settings;
        this.quotas = TransferSchedule.tokensPerStep(settings.blockSize(), settings.stepsPerBlock());
    }

    /** Positions to reveal in a step of a block; the whole block in the last step. */
    int quota(int step) {
        return step >= quotas.length - 1 ? settings.blockSize() : quotas[step];
    }

    /** Norm epsilon, longest prefix and quota, followed by the selection's settings. */
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
            maskToken
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
        return policy instanceof UnmaskingPolicy.DynamicLowConfidence ? 2 : 3;
    }

    private double bound() {
        if (settings.policy() instanceof UnmaskingPolicy.DynamicLowConfidence dynamic) {
            return dynamic.threshold();
        }
        return settings.policy() instanceof UnmaskingPolicy.EntropyBounded bounded ? bounded.bound() : 0;
    }
}
