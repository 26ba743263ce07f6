package dev.tracerl.core.pack;

import java.util.Arrays;

/**
 * A prompt with a response to imitate. Arrays are shared and must not be written.
 *
 * @param prompt {@code (P)} prompt tokens
 * @param response {@code (R)} response tokens, with whatever fills the last block
 * @param keptTokens leading response tokens that are trained, in [1, R]; the others are context only
 * @param stepMap {@code (R)} recorded step that revealed the token; empty if none was recorded
 */
public record Demonstration(int[] prompt, int[] response, int keptTokens, int[] stepMap) {

    public Demonstration {
        if (keptTokens < 1 || keptTokens > response.length) {
            throw new IllegalArgumentException(
                    "keptTokens is " + keptTokens + ", must be in [1, " + response.length + "]");
        }
        if (stepMap.length != 0 && stepMap.length != response.length) {
            throw new IllegalArgumentException("stepMap has " + stepMap.length
                    + " entries, must have none or one per response token, which is " + response.length);
        }
    }

    /** A demonstration whose steps were not recorded. */
    public Demonstration(int[] prompt, int[] response, int keptTokens) {
        this(prompt, response, keptTokens, new int[0]);
    }

    /** A demonstration whose response is filled up to the end of its last block with {@code filler}. */
    public static Demonstration filled(int[] prompt, int[] answer, int blockSize, int filler) {
        Demonstration demonstration = new Demonstration(prompt, answer, answer.length);
        return demonstration.longer(Math.floorMod(-(prompt.length + answer.length), blockSize), filler);
    }

    /**
     * The same with the response filled up to where a sampled one would end: with blocks to the end of its last block, with
     * full attention to the longest response. What fills it is revealed last.
     */
    public Demonstration filled(PackSettings settings, int filler) {
        return switch (settings.layout()) {
            case ABSOLUTE_BLOCKS ->
                longer(Math.floorMod(-(prompt.length + response.length), settings.blockSize()), filler);
            case RESPONSE_BLOCKS -> longer(Math.floorMod(-response.length, settings.blockSize()), filler);
            case FULL, FULL_SHIFTED -> longer(Math.max(0, settings.responseLength() - response.length), filler);
        };
    }

    private Demonstration longer(int missing, int filler) {
        int[] tokens = Arrays.copyOf(response, response.length + missing);
        Arrays.fill(tokens, response.length, tokens.length, filler);
        int[] steps = stepMap;
        if (hasSteps()) {
            steps = Arrays.copyOf(stepMap, tokens.length);
            int last = Arrays.stream(stepMap).max().orElseThrow();
            Arrays.fill(steps, response.length, steps.length, last + 1);
        }
        return new Demonstration(prompt, tokens, keptTokens, steps);
    }

    /** Whether the steps were recorded. */
    public boolean hasSteps() {
        return stepMap.length > 0;
    }

    /** With its recorded steps, advantage 1 and no recorded log-probabilities. */
    public TracedResponse recorded() {
        return traced(stepMap);
    }

    /** With a trace, advantage 1 and no recorded log-probabilities. */
    TracedResponse traced(int[] steps) {
        float[] ones = TracedResponse.repeat(1, response.length);
        return new TracedResponse(prompt, response, keptTokens, steps, new float[0], ones);
    }

    /** For what does not look at steps. */
    TracedResponse untraced() {
        return traced(new int[response.length]);
    }
}
