package dev.tracerl.core.pack;

/**
 * One response laid out for one evaluation of a network: {@code N} rows, first the clean text, then noisy copies of
 * single blocks; with full attention only noisy copies, of prompt and response. Arrays are shared and must not be written.
 *
 * <p>Row {@code i} sees clean row {@code j < cleanLength} iff {@code j < clean[i]}, and noisy row {@code j} iff
 * {@code copy[i] >= 0 && copy[i] == copy[j]}. The scores of row {@code targets[t]} are those of {@code labels[t]}:
 * the token at the row's position, or at the next one for a model that scores the next position
 * ({@link Layout#FULL_SHIFTED}).
 *
 * @param tokens {@code (N)}
 * @param positions {@code (N)} absolute position of the row's token in the sequence
 * @param clean {@code (N)} number of leading clean rows that the row sees
 * @param copy {@code (N)} -1 for clean rows, otherwise the number of the noisy copy, ascending from 0
 * @param cleanLength number of clean rows: the prompt and the response up to its last block, whose clean rows nothing
 *     would see
 * @param targets {@code (M)} row that scores each target
 * @param labels {@code (M)} token that was revealed there
 * @param advantages {@code (M)}
 * @param oldLogProbs {@code (M)} recorded log-probabilities; zeros if there are none
 * @param weights {@code (M)} factor of the target's loss terms
 */
public record PackedExample(
        int[] tokens,
        int[] positions,
        int[] clean,
        int[] copy,
        int cleanLength,
        int[] targets,
        int[] labels,
        float[] advantages,
        float[] oldLogProbs,
        float[] weights) {

    public PackedExample {
        requireLength("positions", positions.length, tokens.length);
        requireLength("clean", clean.length, tokens.length);
        requireLength("copy", copy.length, tokens.length);
        requireLength("labels", labels.length, targets.length);
        requireLength("advantages", advantages.length, targets.length);
        requireLength("oldLogProbs", oldLogProbs.length, targets.length);
        requireLength("weights", weights.length, targets.length);
        if (cleanLength < 0 || cleanLength > tokens.length) {
            throw new IllegalArgumentException(
                    "cleanLength is " + cleanLength + ", must be in [0, " + tokens.length + "]");
        }
    }

    /** Number of rows {@code N}. */
    public int rows() {
        return tokens.length;
    }

    /** Whether row {@code i} sees row {@code j}. */
    public boolean sees(int i, int j) {
        return j < cleanLength ? j < clean[i] : copy[i] >= 0 && copy[i] == copy[j];
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has " + length + " entries, must have " + expected);
        }
    }
}
