package dev.tracerl.ops.export;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one segment, unpacked. Its arrays are shared and must not be written.
 *
 * @param trajectory the trajectory that holds it
 * @param segment the segment
 * @param start position of its first token in the whole sequence
 * @param generated what only generated tokens have
 */
record SegmentTokens(
        Trajectory trajectory,
        Segment segment,
        int start,
        int[] ids,
        int[] offsets,
        @Nullable Generated generated) {

    /**
     * What is known of generated tokens, aligned with them unless said otherwise.
     *
     * @param versions policy version of every block
     * @param advantages of the first tokens; none for the others
     */
    record Generated(int[] steps, float[] logProbs, long[] versions, double[] advantages) {}

    SegmentTokens {
        require(ids.length >= segment.getKeptTokens() && offsets.length == ids.length, "tokens", trajectory);
        int last = 0;
        for (int offset : offsets) {
            require(offset >= last && offset <= segment.getText().length(), "offsets", trajectory);
            last = offset;
        }
    }

    private static void require(boolean holds, String what, Trajectory trajectory) {
        if (!holds) {
            throw new IllegalArgumentException("%s has inconsistent %s".formatted(trajectory.getTrajectoryId(), what));
        }
    }

    /**
     * The segments of a trajectory, in order.
     *
     * @throws IllegalArgumentException if the trajectory is malformed
     */
    static List<SegmentTokens> of(Trajectory trajectory, Facts facts) {
        require(!trajectory.getSegments().isEmpty(), "segments", trajectory);
        require(trajectory.getSampler().getBlockSize() > 0, "blocks", trajectory);
        List<SegmentTokens> all = new ArrayList<>();
        int start = 0;
        for (Segment segment : trajectory.getSegments()) {
            all.add(new SegmentTokens(
                    trajectory,
                    segment,
                    start,
                    Packed.ints(segment.getTokens()),
                    Packed.ints(segment.getOffsets()),
                    segment.getGenerated() ? generated(trajectory, segment, facts) : null));
            start += segment.getKeptTokens();
        }
        return all;
    }

    private static Generated generated(Trajectory trajectory, Segment segment, Facts facts) {
        return new Generated(
                Packed.ints(segment.getStepMap()),
                Packed.floats(segment.getLogProbs()),
                Packed.longs(trajectory.getBlockVersions()),
                facts.tokenAdvantages());
    }

    /** Characters of a token; several tokens may share one. */
    String text(int token) {
        int end = token + 1 < offsets.length
                ? offsets[token + 1]
                : segment.getText().length();
        return segment.getText().substring(offsets[token], Math.max(offsets[token], end));
    }

    boolean isKept(int token) {
        return token < segment.getKeptTokens();
    }

    @Nullable
    Integer block(int token) {
        return generated == null ? null : blockOf(token);
    }

    @Nullable
    Integer step(int token) {
        return generated == null || token >= generated.steps().length
                ? null
                : generated.steps()[token];
    }

    @Nullable
    Float logProb(int token) {
        return generated == null || token >= generated.logProbs().length
                ? null
                : generated.logProbs()[token];
    }

    @Nullable
    Long version(int token) {
        if (generated == null || blockOf(token) >= generated.versions().length) {
            return null;
        }
        return generated.versions()[blockOf(token)];
    }

    @Nullable
    Double advantage(int token) {
        return generated == null || token >= generated.advantages().length
                ? null
                : generated.advantages()[token];
    }

    /** Number of the token's block among those that hold generated tokens, from 0. */
    private int blockOf(int token) {
        int size = trajectory.getSampler().getBlockSize();
        int first = trajectory.getPartition() == Partition.RESPONSE ? 0 : start;
        return (first + token) / size - first / size;
    }
}
