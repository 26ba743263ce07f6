package dev.tracerl.model.text;

/**
 * Tokens of a text.
 *
 * @param ids {@code (N)}
 * @param offsets {@code (N)} index of the first {@code char} of the text that the token stands for
 */
public record Encoding(int[] ids, int[] offsets) {}
