package dev.tracerl.core.decode;

import java.util.Optional;
import java.util.Set;

/**
 * When a response ends; asked after every committed block.
 *
 * <p>The first end-of-text token ends the response and is kept. Otherwise the response ends when {@code maxTokens} tokens
 * exist, and is cut there. As in the reference sampler, an end-of-text token that directly follows the limit within an
 * already generated block still counts, so kept tokens number at most {@code maxTokens + 1}.
 *
 * @param endOfText ids that end a response; may be empty
 * @param maxTokens limit on kept tokens, a directly following end-of-text token not counted, at least 1
 */
public record StopRule(Set<Integer> endOfText, int maxTokens) {

    public StopRule {
        endOfText = Set.copyOf(endOfText);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens is " + maxTokens + ", must be at least 1");
        }
    }

    /**
     * Whether the response is finished.
     *
     * @param response completion tokens of all committed blocks; shared, not written
     * @param from index of the first token not yet seen by an earlier call
     */
    public Optional<Stop> check(int[] response, int from) {
        for (int i = from; i < Math.min(response.length, maxTokens + 1); i++) {
            if (endOfText.contains(response[i])) {
                return Optional.of(new Stop(i + 1, StopReason.END_OF_TEXT));
            }
        }
        return response.length < maxTokens ? Optional.empty() : Optional.of(new Stop(maxTokens, StopReason.LENGTH));
    }

    /**
     * The end of a response.
     *
     * @param keptTokens number of leading completion tokens that belong to the response
     * @param reason why it ended
     */
    public record Stop(int keptTokens, StopReason reason) {}
}
