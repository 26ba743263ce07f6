package dev.tracerl.model.text;

/**
 * The text of tokens.
 *
 * @param text without special tokens
 * @param offsets {@code (N)} length of the text before the token's own part; a special token adds nothing, and a token
 *     that ends within a character counts up to that character
 */
public record Decoding(String text, int[] offsets) {}
