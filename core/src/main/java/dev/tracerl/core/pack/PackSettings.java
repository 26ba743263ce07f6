package dev.tracerl.core.pack;

import dev.tracerl.core.loss.LossNormalization;

/**
 * How responses become packed examples.
 *
 * @param blockSize positions per block, aligned to absolute position 0, at least 1
 * @param shrink distinct steps of a block that are merged into one slice, at least 1
 * @param maskToken id of the mask
 * @param normalization how the targets of one response are weighted
 * @param responseLength the length {@code L} of {@link LossNormalization#RESPONSE_LENGTH}, one for all responses, at
 *     least 1; usually the limit on response tokens
 */
public record PackSettings(
        int blockSize, int shrink, int maskToken, LossNormalization normalization, int responseLength) {

    public PackSettings {
        requirePositive("blockSize", blockSize);
        requirePositive("shrink", shrink);
        requirePositive("responseLength", responseLength);
        if (maskToken < 0) {
            throw new IllegalArgumentException("maskToken is " + maskToken + ", must be at least 0");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
        }
    }
}
