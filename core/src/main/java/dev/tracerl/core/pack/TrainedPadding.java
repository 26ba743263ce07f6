package dev.tracerl.core.pack;

import java.util.Set;

/**
 * Padding after the end of the text that is trained beside the text. The token that ends the text belongs to the text.
 *
 * @param count most padding tokens of a response that are targets, the nearest ones; at least 0
 * @param tokens ids that are padding there, usually those of padding and of the end of text; other tokens after the end
 *     are never targets
 */
public record TrainedPadding(int count, Set<Integer> tokens) {

    /** Only the text is trained. */
    public static final TrainedPadding NONE = new TrainedPadding(0, Set.of());

    public TrainedPadding {
        if (count < 0) {
            throw new IllegalArgumentException("trained padding is " + count + ", must be at least 0");
        }
        tokens = Set.copyOf(tokens);
    }

    /** Whether each response token may be a target, {@code (R)}. */
    boolean[] trained(int[] response, int keptTokens) {
        boolean[] trained = new boolean[response.length];
        int left = count;
        for (int i = 0; i < trained.length; i++) {
            boolean padding = i >= keptTokens && left > 0 && tokens.contains(response[i]);
            trained[i] = i < keptTokens || padding;
            left -= padding ? 1 : 0;
        }
        return trained;
    }
}
