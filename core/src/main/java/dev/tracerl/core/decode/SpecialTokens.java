package dev.tracerl.core.decode;

import java.util.Set;

/**
 * Token ids with a meaning.
 *
 * @param mask a position that is still noise; never drawn
 * @param pad filler after the end of a response
 * @param endOfText ids that end a response; may be empty
 */
public record SpecialTokens(int mask, int pad, Set<Integer> endOfText) {

    public SpecialTokens {
        endOfText = Set.copyOf(endOfText);
    }
}
