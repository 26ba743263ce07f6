package dev.tracerl.core.decode;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** When a full-attention response ends, and which of its tokens are kept. Immutable and thread-safe. */
public final class FullStop {

    private final EarlyStop rule;
    private final int pad;
    private final int length;
    private final StopRule kept;

    /** The rule that the settings choose; see {@link EarlyStop} for which tokens end the text. */
    public FullStop(SamplerSettings settings, SpecialTokens special) {
        this.rule = settings.full().earlyStop();
        this.pad = special.pad();
        this.length = settings.maxTokens();
        Set<Integer> ends = new HashSet<>(special.endOfText());
        if (rule == EarlyStop.PAD_BLOCK) {
            ends.add(pad);
        }
        this.kept = new StopRule(ends, length);
    }

    /**
     * Whether nothing more is generated.
     *
     * @param response tokens of all finished blocks
     * @param block tokens of the last one
     */
    public boolean after(int[] response, int[] block) {
        return response.length >= length
                || switch (rule) {
                    case NEVER -> false;
                    case END_OF_TEXT ->
                        kept.check(block, 0).stream().anyMatch(stop -> stop.reason() == StopReason.END_OF_TEXT);
                    case PAD_BLOCK -> Arrays.stream(block).allMatch(token -> token == pad);
                };
    }

    /** Kept tokens of a response that is generated or filled up to its whole length. */
    public StopRule.Stop of(int[] response) {
        return kept.check(response, 0).orElseThrow();
    }
}
