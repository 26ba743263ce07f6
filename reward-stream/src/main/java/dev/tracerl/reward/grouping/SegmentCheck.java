package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import java.util.Arrays;

/** Whether the packed fields of a segment are whole, aligned with its tokens and in range. */
final class SegmentCheck {

    private SegmentCheck() {}

    /**
     * Checks a segment.
     *
     * @return the number of its tokens
     * @throws MalformedException saying what is wrong
     */
    static int tokens(Segment segment) {
        int[] tokens = Packed.ints(segment.getTokens());
        require(Arrays.stream(tokens).allMatch(token -> token >= 0), "a token id is negative");
        offsets(segment, tokens.length);
        if (segment.getGenerated()) {
            trace(segment, tokens.length);
        } else {
            require(segment.getStepMap().remaining() == 0, "a given segment has a stepMap");
            require(segment.getLogProbs().remaining() == 0, "a given segment has logProbs");
        }
        return tokens.length;
    }

    private static void offsets(Segment segment, int tokens) {
        int[] offsets = Packed.ints(segment.getOffsets());
        aligned("offsets", offsets.length, tokens);
        int end = segment.getText().length();
        require(
                Arrays.stream(offsets).allMatch(offset -> offset >= 0 && offset <= end),
                "an offset is outside of the text's " + end + " characters");
    }

    private static void trace(Segment segment, int tokens) {
        require(tokens > 0, "the generated segment has no tokens");
        int[] steps = Packed.ints(segment.getStepMap());
        aligned("stepMap", steps.length, tokens);
        require(Arrays.stream(steps).allMatch(step -> step >= 1), "a step of stepMap is below 1");
        float[] logProbs = Packed.floats(segment.getLogProbs());
        aligned("logProbs", logProbs.length, tokens);
        for (float logProb : logProbs) {
            require(Float.isFinite(logProb), "a log-probability is " + logProb);
        }
        int kept = segment.getKeptTokens();
        require(kept >= 0 && kept <= tokens, "keptTokens is " + kept + " of " + tokens + " tokens");
    }

    private static void aligned(String field, int entries, int tokens) {
        require(entries == tokens, field + " has " + entries + " entries for " + tokens + " tokens");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new MalformedException(problem);
        }
    }
}
