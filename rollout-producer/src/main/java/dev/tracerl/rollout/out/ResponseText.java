package dev.tracerl.rollout.out;

/**
 * Tokens as text. The array is shared and must not be written.
 *
 * @param offsets character of {@code text} at which token i starts
 */
public record ResponseText(String text, int[] offsets) {}
