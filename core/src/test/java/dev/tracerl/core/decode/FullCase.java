package dev.tracerl.core.decode;

import java.util.Set;

/** A full-attention sampler of a small vocabulary with its random numbers. */
record FullCase(SamplerSettings settings, boolean shifted, long seed) {

    static final int VOCABULARY = 9;
    static final int MASK = 8;
    static final int PAD = 7;
    static final int END = 6;
    static final int[] PROMPT = {1, 2, 3};

    private static final SpecialTokens SPECIAL = new SpecialTokens(MASK, PAD, Set.of(END));

    FullSampler sampler() {
        return new FullSampler(settings, SPECIAL, shifted);
    }

    SampledResponse sample(FullLogitsSource network) {
        return sampler().sample(network, PROMPT, new CounterRandom(seed, "group", 3));
    }

    FullCase with(FullSettings full) {
        SamplerSettings changed = new SamplerSettings(
                settings.blockSize(),
                settings.stepsPerBlock(),
                settings.policy(),
                settings.temperature(),
                settings.topK(),
                settings.topP(),
                settings.maxTokens(),
                settings.confidence(),
                full);
        return new FullCase(changed, shifted, seed);
    }

    /** A network that sees everything. */
    static FullLogitsSource network(long seed) {
        return new ToyFullNetwork(VOCABULARY, 0.7, seed);
    }
}
