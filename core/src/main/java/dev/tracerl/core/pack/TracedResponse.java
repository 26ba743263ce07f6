package dev.tracerl.core.pack;

import java.util.Arrays;

/**
 * A prompt and its response with the recorded trace. The response arrays are aligned; all arrays are shared and must not
 * be written.
 *
 * @param prompt {@code (P)} prompt tokens
 * @param response {@code (R)} response tokens, the rest of the last block included
 * @param keptTokens leading response tokens that are trained, in [1, R]; the others are context only
 * @param stepMap {@code (R)} denoising step that revealed the token
 * @param logProbs {@code (R)} recorded log-probabilities, finite; empty if there are none
 * @param advantages {@code (R)} advantage of each token; entries after {@code keptTokens} are ignored
 */
public record TracedResponse(
        int[] prompt, int[] response, int keptTokens, int[] stepMap, float[] logProbs, float[] advantages) {

    public TracedResponse {
        requireLength("stepMap", stepMap.length, response.length);
        requireLength("advantages", advantages.length, response.length);
        if (logProbs.length != 0) {
            requireLength("logProbs", logProbs.length, response.length);
        }
        if (keptTokens < 1 || keptTokens > response.length) {
            throw new IllegalArgumentException(
                    "keptTokens is " + keptTokens + ", must be in [1, " + response.length + "]");
        }
        requireFinite("logProbs", logProbs);
        requireFinite("advantages", advantages);
    }

    /** One advantage for the whole response. */
    public static float[] repeat(float advantage, int length) {
        float[] advantages = new float[length];
        Arrays.fill(advantages, advantage);
        return advantages;
    }

    /** Prompt and response in one array, {@code (P + R)}. */
    public int[] sequence() {
        int[] sequence = Arrays.copyOf(prompt, prompt.length + response.length);
        System.arraycopy(response, 0, sequence, prompt.length, response.length);
        return sequence;
    }

    /** Whether log-probabilities were recorded. */
    public boolean hasLogProbs() {
        return logProbs.length > 0;
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(
                    name + " has " + length + " entries, must have one per response token, which is " + expected);
        }
    }

    private static void requireFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] is " + values[i] + ", must be finite");
            }
        }
    }
}
