package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.Demonstration;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Unpacks demonstrations and checks them.
 *
 * @param vocabulary number of tokens
 * @param blockSize positions per block; responses are filled up to the end of their last block
 * @param filler token that fills
 */
public record DemonstrationReader(int vocabulary, int blockSize, int filler) {

    /**
     * The given segments as the prompt, the last, generated one as the response.
     *
     * @throws IllegalArgumentException if the trajectory is malformed, with the reason
     */
    public Demonstration read(Trajectory trajectory) {
        int segments = trajectory.getSegments().size();
        if (segments == 0 || !trajectory.getSegments().get(segments - 1).getGenerated()) {
            throw new IllegalArgumentException("the last segment of a demonstration must be the generated one");
        }
        int[] prompt = trajectory.getSegments().subList(0, segments - 1).stream()
                .flatMapToInt(segment -> IntStream.of(tokens(segment)))
                .toArray();
        Segment answer = trajectory.getSegments().get(segments - 1);
        return filled(prompt, tokens(answer), answer.getKeptTokens());
    }

    private Demonstration filled(int[] prompt, int[] response, int keptTokens) {
        int missing = Math.floorMod(-(prompt.length + response.length), blockSize);
        int[] whole = Arrays.copyOf(response, response.length + missing);
        Arrays.fill(whole, response.length, whole.length, filler);
        return new Demonstration(prompt, whole, keptTokens);
    }

    private int[] tokens(Segment segment) {
        int[] ids = Packed.ints(segment.getTokens());
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new IllegalArgumentException("token " + id + " is not in [0, " + vocabulary + ")");
            }
        }
        return ids;
    }
}
