package dev.tracerl.rollout.completion;

/**
 * A token of a response.
 *
 * @param text the token's part of the response; empty if it ends within a character
 * @param logProb with which it was drawn when it was unmasked
 * @param offset character of the response at which it starts
 */
public record Token(int id, String text, float logProb, int offset) {}
