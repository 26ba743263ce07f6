package dev.tracerl.core.pack;

/**
 * Settings of the published layout.
 *
 * @param blockSize positions per block
 * @param shrink distinct steps of a block merged into one
 * @param maskToken id of the mask
 * @param padToken id of the padding
 * @param trainedPads leading padding targets of a row that are kept ("post_num"); 0 trains none
 */
public record ReferenceLayout(int blockSize, int shrink, int maskToken, int padToken, int trainedPads) {}
