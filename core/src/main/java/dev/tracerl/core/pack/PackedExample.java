package dev.tracerl.core.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
 * @param targets {@code (M)} row that scores each target, ascending by copy
 * @param labels {@code (M)} token that was revealed there
 * @param advantages {@code (M)}
 * @param oldLogProbs {@code (M)} recorded log-probabilities; zeros if there are none
 * @param weights {@code (M)} factor of the target's loss terms
 * @param referenceLogProbs {@code (M)} log-probabilities under the policy that the KL term keeps close to; empty if that
 *     is the one of {@code oldLogProbs}
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
        float[] weights,
        float[] referenceLogProbs) {

    public PackedExample {
        requireLength("positions", positions.length, tokens.length);
        requireLength("clean", clean.length, tokens.length);
        requireLength("copy", copy.length, tokens.length);
        requireLength("labels", labels.length, targets.length);
        requireLength("advantages", advantages.length, targets.length);
        requireLength("oldLogProbs", oldLogProbs.length, targets.length);
        requireLength("weights", weights.length, targets.length);
        if (referenceLogProbs.length > 0) {
            requireLength("referenceLogProbs", referenceLogProbs.length, targets.length);
        }
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

    /** Whether the KL term keeps close to a policy of its own. */
    public boolean hasReference() {
        return referenceLogProbs.length > 0;
    }

    /** The same with other advantages and other denominators. */
    public PackedExample with(float[] otherAdvantages, float[] otherOldLogProbs) {
        return with(otherAdvantages, otherOldLogProbs, referenceLogProbs);
    }

    /** The same with a policy of its own for the KL term. */
    public PackedExample withReference(float[] otherReferenceLogProbs) {
        return with(advantages, oldLogProbs, otherReferenceLogProbs);
    }

    private PackedExample with(float[] otherAdvantages, float[] otherOldLogProbs, float[] otherReferenceLogProbs) {
        return new PackedExample(
                tokens,
                positions,
                clean,
                copy,
                cleanLength,
                targets,
                labels,
                otherAdvantages,
                otherOldLogProbs,
                weights,
                otherReferenceLogProbs);
    }

    /**
     * Cuts an example without clean text between its copies, so that no part has more rows than a limit unless it is a
     * single copy. The parts' targets, one part after the other, are the example's. An example with clean text, which its
     * copies need, stays whole.
     */
    public List<PackedExample> split(int maxRows) {
        if (cleanLength > 0 || rows() <= maxRows) {
            return List.of(this);
        }
        List<PackedExample> parts = new ArrayList<>();
        int from = 0;
        while (from < rows()) {
            int to = endOfCopy(from);
            while (to < rows() && endOfCopy(to) - from <= maxRows) {
                to = endOfCopy(to);
            }
            parts.add(part(from, to));
            from = to;
        }
        return List.copyOf(parts);
    }

    private int endOfCopy(int row) {
        int end = row;
        while (end < rows() && copy[end] == copy[row]) {
            end++;
        }
        return end;
    }

    /** Rows {@code [from, to)}, whole copies. */
    private PackedExample part(int from, int to) {
        int first = 0;
        while (first < targets.length && targets[first] < from) {
            first++;
        }
        int last = first;
        while (last < targets.length && targets[last] < to) {
            last++;
        }
        int firstCopy = copy[from];
        return new PackedExample(
                Arrays.copyOfRange(tokens, from, to),
                Arrays.copyOfRange(positions, from, to),
                Arrays.copyOfRange(clean, from, to),
                Arrays.stream(copy, from, to).map(number -> number - firstCopy).toArray(),
                0,
                Arrays.stream(targets, first, last).map(row -> row - from).toArray(),
                Arrays.copyOfRange(labels, first, last),
                Arrays.copyOfRange(advantages, first, last),
                Arrays.copyOfRange(oldLogProbs, first, last),
                Arrays.copyOfRange(weights, first, last),
                hasReference() ? Arrays.copyOfRange(referenceLogProbs, first, last) : referenceLogProbs);
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has " + length + " entries, must have " + expected);
        }
    }
}
