package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.verifiers.ChunkScore;
import java.util.ArrayList;
import java.util.List;

/**
 * Scored chunks of a response in tokens.
 *
 * @param ends index of the token after each chunk's last one, ascending, at most the number of kept tokens
 * @param scores aligned with the ends
 */
record TokenChunks(List<Integer> ends, List<Double> scores) {

    /**
     * From characters to tokens: a token belongs to the chunk in which it starts. A chunk in which no kept token starts is
     * left out.
     */
    static TokenChunks of(List<ChunkScore> chunks, Segment response) {
        List<Integer> ends = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        int[] offsets = Packed.ints(response.getOffsets());
        int end = 0;
        for (ChunkScore chunk : chunks) {
            int start = end;
            while (end < response.getKeptTokens() && offsets[end] < chunk.end()) {
                end++;
            }
            if (end > start) {
                ends.add(end);
                scores.add(chunk.score());
            }
        }
        return new TokenChunks(List.copyOf(ends), List.copyOf(scores));
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }
}
