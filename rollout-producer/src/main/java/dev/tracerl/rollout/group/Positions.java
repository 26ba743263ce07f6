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
        int last = length + settings.maxTokens() - 1;
        int positions = Samplers.partition(model, settings, length).endOfBlockAt(last);
        if (positions > model.maxPositions()) {
            throw new IllegalArgumentException("a prompt of " + length + " tokens and " + settings.maxTokens()
                    + " completion tokens need " + positions + " positions in whole blocks, but the model has "
                    + model.maxPositions() + " (max_position_embeddings)");
        }
    }
}
