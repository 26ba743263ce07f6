package dev.tracerl.verifiers;

/**
 * Judgment of a chunk of an answer, which begins where the chunk before it ends.
 *
 * @param end index of the character after the chunk's last one, at least 1
 * @param score finite; compared with those of the same chunk of other answers, so that any scale will do
 */
public record ChunkScore(int end, double score) {

    public ChunkScore {
        if (end < 1) {
            throw new IllegalArgumentException("end is " + end + ", must be at least 1");
        }
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("score is " + score + ", must be finite");
        }
    }
}
