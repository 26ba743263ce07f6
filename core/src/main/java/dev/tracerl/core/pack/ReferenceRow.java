package dev.tracerl.core.pack;

/**
 * One evaluation in the layout of the published code: the clean sequence of {@code L} tokens followed by a noisy copy of
 * its tail, {@code N} rows together; with full attention only one sequence, with masks. Arrays are shared and must not be
 * written.
 *
 * @param extendedIds {@code (N)} tokens
 * @param targets {@code (L)} whether the token is a target of this row
 * @param positions {@code (N)} position of each row's token
 * @param labels {@code (L)} the clean sequence
 * @param attention {@code (N, N)} whether the row sees the column
 * @param shift rows from the one that scores a token to the token's own: 1 for models that score the next position
 */
public record ReferenceRow(
        int[] extendedIds, boolean[] targets, int[] positions, int[] labels, boolean[][] attention, int shift) {

    /** The row whose scores are those of token {@code index} of the sequence: the noisy one where there is one. */
    public int scoringRow(int index) {
        int noisy = extendedIds.length - labels.length;
        return (index < labels.length - noisy ? index : index + noisy) - shift;
    }
}
