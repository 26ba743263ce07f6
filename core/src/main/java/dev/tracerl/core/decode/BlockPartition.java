package dev.tracerl.core.decode;

/**
 * Division of a sequence into blocks of equal size: block {@code k} covers the positions
 * {@code [origin + k * blockSize, origin + (k + 1) * blockSize)}; positions left of the origin lie in blocks with
 * negative numbers.
 *
 * @param blockSize positions per block, at least 1
 * @param origin first position of block 0
 */
public record BlockPartition(int blockSize, int origin) {

    public BlockPartition {
        if (blockSize < 1) {
            throw new IllegalArgumentException("blockSize is " + blockSize + ", must be at least 1");
        }
    }

    /** Blocks start at the first prompt token, as in generation. */
    public static BlockPartition absolute(int blockSize) {
        return new BlockPartition(blockSize, 0);
    }

    /** Blocks start at the first response token, as in the published training code; prompt blocks count leftwards. */
    public static BlockPartition responseAligned(int blockSize, int promptLength) {
        return new BlockPartition(blockSize, promptLength);
    }

    /** The same blocks, with positions counted from {@code position}: for indices into a response, pass its start. */
    public BlockPartition relativeTo(int position) {
        return new BlockPartition(blockSize, origin - position);
    }

    /** Number of the block that holds {@code position}. */
    public int blockOf(int position) {
        return Math.floorDiv(position - origin, blockSize);
    }

    /** First position of {@code block}. */
    public int start(int block) {
        return origin + block * blockSize;
    }

    /** Position after the last one of {@code block}. */
    public int end(int block) {
        return start(block) + blockSize;
    }

    /** Position after the last one of the block that holds {@code position}. */
    public int endOfBlockAt(int position) {
        return end(blockOf(position));
    }

    /** First position of the block that holds {@code position}. */
    public int startOfBlockAt(int position) {
        return start(blockOf(position));
    }
}
