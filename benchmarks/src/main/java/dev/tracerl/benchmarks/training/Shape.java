package dev.tracerl.benchmarks.training;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.model.network.ModelConfig;
import java.util.List;

/**
 * What is trained on.
 *
 * @param response longest response
 * @param block tokens of a block
 * @param vocabulary tokens of the model
 * @param lengths how long the responses are
 * @param steps how many steps reveal a block
 * @param group responses to a prompt
 */
record Shape(int response, int block, int vocabulary, Lengths lengths, Steps steps, int group) {
    static final int LONGEST_PROMPT = 200;
    static final int SHORTEST_PROMPT = 20;
    static final int MASK = 2;
    static final int PAD = 1;
    static final int MOST_ROWS = 1024; // of the published layout
    private static final int HIDDEN = 128;

    /** One response to a prompt. */
    Shape(int response, int block, int vocabulary, Lengths lengths, Steps steps) {
        this(response, block, vocabulary, lengths, steps, 1);
    }

    /** All responses as long as the limit, or log-normal with a mean of 40 % of it. */
    enum Lengths {
        EQUAL,
        SPREAD
    }

    /** Two in every block, or one to four with a mean of two, as unmasking by confidence gives. */
    enum Steps {
        TWO,
        VARIED
    }

    /** Four layers of 128 features. */
    ModelConfig model() {
        return model(4);
    }

    ModelConfig model(int layers) {
        int positions = LONGEST_PROMPT + response + 2 * block + MOST_ROWS;
        return new ModelConfig(
                "sdar",
                vocabulary,
                HIDDEN,
                3 * HIDDEN,
                layers,
                8,
                4,
                16,
                1e-6,
                10_000,
                true,
                false,
                false,
                positions,
                block,
                MASK,
                List.of(0),
                PAD,
                0.02);
    }

    PackSettings packing() {
        return new PackSettings(block, 1, MASK, LossNormalization.RESPONSE_LENGTH, response);
    }
}
