package dev.tracerl.rollout.completion;

import java.util.List;

/**
 * What a block added to a response.
 *
 * @param choice the response, with all that is known of it so far
 * @param text may be empty: what could be the beginning of a stop is held back until the next block
 * @param tokens those of {@code text}, if they are wanted
 */
public record Piece(Choice choice, String text, List<Token> tokens) {}
