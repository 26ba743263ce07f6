package dev.tracerl.rollout.group;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.sampling.Samplers;

/** The positions that a prompt and its longest response take. */
public final class Positions {

    private Positions() {}

    /** @throws IllegalArgumentException if the model has fewer; the message has the numbers */
    public static void requireFit(ModelConfig model, Prompt prompt, SamplerSettings settings) {
        int length = prompt.tokens().length;
        long last = (long) length + settings.maxTokens() - 1;
        long positions = last >= model.maxPositions()
                ? last + 1
                : Samplers.partition(model, settings, length).endOfBlockAt((int) last);
        if (positions > model.maxPositions()) {
            throw new IllegalArgumentException("a prompt of " + length + " tokens and " + settings.maxTokens()
                    + " completion tokens need " + positions + " positions in whole blocks, but the model has "
                    + model.maxPositions() + " (max_position_embeddings)");
        }
    }
}
