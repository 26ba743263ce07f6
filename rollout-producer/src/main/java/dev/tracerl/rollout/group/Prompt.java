package dev.tracerl.rollout.group;

/**
 * A rendered prompt. The arrays are shared and must not be written.
 *
 * @param text the task's prompt in its chat template
 * @param tokens {@code (P)}
 * @param offsets {@code (P)} character of {@code text} at which a token starts
 */
public record Prompt(String text, int[] tokens, int[] offsets) {

    public Prompt {
        if (tokens.length != offsets.length) {
            throw new IllegalArgumentException(tokens.length + " tokens, but " + offsets.length + " offsets");
        }
    }
}
