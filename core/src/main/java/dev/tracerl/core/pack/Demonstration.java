package dev.tracerl.core.pack;

import java.util.Arrays;

/**
 * A prompt with a response to imitate. Arrays are shared and must not be written.
 *
 * @param prompt {@code (P)} prompt tokens
 * @param response {@code (R)} response tokens, with whatever fills the last block
 * @param keptTokens leading response tokens that are trained, in [1, R]; the others are context only
 */
public record Demonstration(int[] prompt, int[] response, int keptTokens) {

    public Demonstration {
        if (keptTokens < 1 || keptTokens > response.length) {
            throw new IllegalArgumentException(
                    "keptTokens is " + keptTokens + ", must be in [1, " + response.length + "]");
        }
    }

    /** A demonstration whose response is filled up to the end of its last block with {@code filler}. */
    public static Demonstration filled(int[] prompt, int[] answer, int blockSize, int filler) {
        int length = prompt.length + answer.length;
        int missing = Math.floorMod(-length, blockSize);
        int[] response = Arrays.copyOf(answer, answer.length + missing);
        Arrays.fill(response, answer.length, response.length, filler);
        return new Demonstration(prompt, response, answer.length);
    }

    /** With a trace, advantage 1 and no recorded log-probabilities. */
    TracedResponse traced(int[] stepMap) {
        float[] ones = TracedResponse.repeat(1, response.length);
        return new TracedResponse(prompt, response, keptTokens, stepMap, new float[0], ones);
    }
}
