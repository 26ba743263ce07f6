package dev.tracerl.reward.grouping;

import static dev.tracerl.reward.grouping.MalformedException.unless;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;

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
        unless(least(tokens) >= 0, () -> "a token id is negative");
        offsets(segment, tokens.length);
        if (segment.getGenerated()) {
            trace(segment, tokens.length);
        } else {
            unless(segment.getStepMap().remaining() == 0, () -> "a given segment has a stepMap");
            unless(segment.getLogProbs().remaining() == 0, () -> "a given segment has logProbs");
        }
        return tokens.length;
    }

    private static void offsets(Segment segment, int tokens) {
        int[] offsets = Packed.ints(segment.getOffsets());
        aligned("offsets", offsets.length, tokens);
        int end = segment.getText().length();
        int most = 0;
        for (int offset : offsets) {
            most = Math.max(most, offset);
        }
        unless(most <= end && least(offsets) >= 0, () -> "an offset is outside of the text's " + end + " characters");
    }

    private static void trace(Segment segment, int tokens) {
        unless(tokens > 0, () -> "the generated segment has no tokens");
        int[] steps = Packed.ints(segment.getStepMap());
        aligned("stepMap", steps.length, tokens);
        unless(least(steps) >= 1, () -> "a step of stepMap is below 1");
        float[] logProbs = Packed.floats(segment.getLogProbs());
        aligned("logProbs", logProbs.length, tokens);
        for (float logProb : logProbs) {
            unless(Float.isFinite(logProb), () -> "a log-probability is " + logProb);
        }
        int kept = segment.getKeptTokens();
        unless(kept >= 0 && kept <= tokens, () -> "keptTokens is " + kept + " of " + tokens + " tokens");
    }

    private static int least(int[] values) {
        int least = Integer.MAX_VALUE;
        for (int value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static void aligned(String field, int entries, int tokens) {
        unless(entries == tokens, () -> field + " has " + entries + " entries for " + tokens + " tokens");
    }
}
