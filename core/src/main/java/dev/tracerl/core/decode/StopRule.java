package dev.tracerl.core.decode;

import java.util.Optional;
import java.util.Set;

/**
 * When a response ends; asked after every committed block.
 *
 * <p>The first end-of-text token ends the response and is kept. A block is generated as a whole, so an end-of-text token
 * in the block that reaches the limit counts even if it lies beyond the limit (as in the reference sampler); kept tokens
 * therefore number at most {@code maxTokens + blockSize - 1}.
 *
 * @param endOfText ids that end a response; may be empty
 * @param maxTokens limit on kept tokens without an end of text, at least 1
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
        for (int i = from; i < response.length; i++) {
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
