package dev.tracerl.core.decode;

import java.nio.charset.StandardCharsets;

/**
 * Uniform random numbers that are a pure function of (seed, group, sample, block, step, position), so that what is
 * drawn for a sample does not depend on what else is in its batch. Identical on every JVM. Immutable and thread-safe.
 *
 * <p>With {@code mix} the finalizer of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford) and
 * {@code absorb(h, v) = mix(h ^ mix(v + 0x9E3779B97F4A7C15))}, the state starts as {@code mix(seed)}, absorbs the 64-bit
 * FNV-1a hash of the group key's UTF-8 bytes and the sample, and for each draw absorbs block, step and position. The
 * upper 52 bits {@code k} of the result become {@code (k + 0.5) / 2^52}, which is exact in double precision.
 */
public final class CounterRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final double UNIT = 0x1p-52;

    private final long stream;

    /**
     * Opens the stream of one sample.
     *
     * @param seed the run's seed
     * @param groupKey identity of the group, for example its id
     * @param sample index of the sample within the group
     */
    public CounterRandom(long seed, String groupKey, int sample) {
        this.stream = absorb(absorb(mix(seed), hash(groupKey)), sample);
    }

    /**
     * The number of one draw. Values next to 1 round up to 1 in single precision: compare in double precision.
     *
     * @param block number of the block in the sampler's partition
     * @param step 0-based denoising step within the block
     * @param position absolute position of the token
     * @return a number strictly between 0 and 1
     */
    public double uniform(int block, int step, int position) {
        return unit(drawn(block, step, position));
    }

    /**
     * A second number for the same draw, independent of {@link #uniform}: the place of the position in a random order.
     * It absorbs a 0 after the position.
     *
     * @return a number strictly between 0 and 1
     */
    public double order(int block, int step, int position) {
        return unit(absorb(drawn(block, step, position), 0));
    }

    private long drawn(int block, int step, int position) {
        return absorb(absorb(absorb(stream, block), step), position);
    }

    private static double unit(long bits) {
        return ((bits >>> 12) + 0.5) * UNIT;
    }

    private static long absorb(long state, long value) {
        return mix(state ^ mix(value + GOLDEN_GAMMA));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (value & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }
}
