package dev.tracerl.core.pack;

/**
 * Settings of the published layout.
 *
 * @param blockSize positions per block, at least 1
 * @param shrink distinct steps of a block merged into one, at least 1
 * @param maskToken id of the mask
 * @param padToken id of the padding
 * @param trainedPads leading padding targets of a row that are kept ("post_num"); 0 trains none,
 *     {@link Integer#MAX_VALUE} all
 */
public record ReferenceLayout(int blockSize, int shrink, int maskToken, int padToken, int trainedPads) {

    public ReferenceLayout {
        if (blockSize < 1) {
            throw new IllegalArgumentException("blockSize is " + blockSize + ", must be at least 1");
        }
        if (shrink < 1) {
            throw new IllegalArgumentException("shrink is " + shrink + ", must be at least 1");
        }
        if (trainedPads < 0) {
            throw new IllegalArgumentException("trainedPads is " + trainedPads + ", must be at least 0");
        }
    }
}
