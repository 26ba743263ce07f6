package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.loss.LossNormalization;

/**
 * How responses become packed examples.
 *
 * @param blockSize positions per block, at least 1
 * @param shrink distinct steps of a block, or with full attention of the response, that are merged into one slice, at
 *     least 1
 * @param maskToken id of the mask
 * @param normalization how the targets of one response are weighted
 * @param responseLength the length {@code L} of {@link LossNormalization#RESPONSE_LENGTH}, one for all responses, at
 *     least 1; usually the limit on response tokens
 * @param layout which rows see each other
 * @param padding what is trained after the end of the text
 */
public record PackSettings(
        int blockSize,
        int shrink,
        int maskToken,
        LossNormalization normalization,
        int responseLength,
        Layout layout,
        TrainedPadding padding) {

    public PackSettings {
        requirePositive("blockSize", blockSize);
        requirePositive("shrink", shrink);
        requirePositive("responseLength", responseLength);
        if (maskToken < 0) {
            throw new IllegalArgumentException("maskToken is " + maskToken + ", must be at least 0");
        }
    }

    /** Block attention with blocks at absolute positions, the text alone trained. */
    public PackSettings(int blockSize, int shrink, int maskToken, LossNormalization normalization, int responseLength) {
        this(blockSize, shrink, maskToken, normalization, responseLength, Layout.ABSOLUTE_BLOCKS, TrainedPadding.NONE);
    }

    /** The same with another layout. */
    public PackSettings withLayout(Layout other) {
        return new PackSettings(blockSize, shrink, maskToken, normalization, responseLength, other, padding);
    }

    /** The same with other padding trained. */
    public PackSettings withPadding(TrainedPadding other) {
        return new PackSettings(blockSize, shrink, maskToken, normalization, responseLength, layout, other);
    }

    /** The blocks in absolute positions; one block with full attention. */
    BlockPartition partition(int promptLength, int responseTokens) {
        return layout.partition(blockSize, promptLength, responseTokens);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
        }
    }
}
