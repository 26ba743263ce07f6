package dev.tracerl.rollout.completion;

import dev.tracerl.core.decode.StopRule;
import dev.tracerl.model.text.Decoding;
import dev.tracerl.model.text.TextCodec;
import java.util.List;

/**
 * How the tokens of a request's responses become text.
 *
 * @param codec from tokens to text
 * @param end where a response's tokens end
 * @param stop texts that end a response and are not part of it
 * @param logProbs whether tokens are wanted one by one
 */
record TextRules(TextCodec codec, StopRule end, List<String> stop, boolean logProbs) {

    private static final int[] NO_OFFSETS = {};

    /** The text of tokens; with offsets only if tokens are wanted. */
    Decoding decode(int[] tokens) {
        return logProbs ? codec.decodeWithOffsets(tokens) : new Decoding(codec.decode(tokens), NO_OFFSETS);
    }

    /** Where the first stop begins; -1 if there is none. */
    int firstStop(String text) {
        return stop.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
    }

    /** Length of the text without an end that later tokens may change: half a character, or the beginning of a stop. */
    int settled(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == '\uFFFD') {
            length--;
        }
        int settled = length;
        for (String each : stop) {
            for (int begun = Math.min(each.length() - 1, length); begun > 0; begun--) {
                if (text.startsWith(each.substring(0, begun), length - begun)) {
                    settled = Math.min(settled, length - begun);
                    break;
                }
            }
        }
        return settled;
    }
}
