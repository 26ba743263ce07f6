package dev.tracerl.rollout.completion;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.core.decode.StopRule;
import dev.tracerl.model.text.Decoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One response as it grows. Owned by the thread of completions; only {@link #ended} may be asked by others. */
public final class Choice {

    private final int index;
    private final TextRules rules;
    private final StringBuilder text = new StringBuilder();
    private final List<Token> tokens = new ArrayList<>();
    private int count;
    private @Nullable SampledResponse response;
    private volatile @Nullable FinishReason reason;

    Choice(int index, TextRules rules) {
        this.index = index;
        this.rules = rules;
    }

    /** Takes the response as it is now and returns what is new. */
    Piece take(SampledResponse now) {
        response = now;
        Optional<StopRule.Stop> end = rules.end().check(now.tokens(), 0);
        count = end.map(Choice::answerTokens).orElse(now.tokens().length);
        Decoding decoded = rules.decode(Arrays.copyOf(now.tokens(), count));
        String all = decoded.text();
        int stop = rules.firstStop(all);
        reason = stop >= 0 ? FinishReason.STOP : end.map(Choice::finish).orElse(null);
        int cut = stop >= 0 ? stop : reason != null ? all.length() : rules.settled(all);
        String added = all.substring(Math.min(text.length(), cut), cut);
        text.append(added);
        return new Piece(this, added, newTokens(now, decoded));
    }

    private static FinishReason finish(StopRule.Stop end) {
        return end.reason() == StopReason.END_OF_TEXT ? FinishReason.STOP : FinishReason.LENGTH;
    }

    /** The end of text is not part of the answer. */
    private static int answerTokens(StopRule.Stop end) {
        return end.reason() == StopReason.END_OF_TEXT ? end.keptTokens() - 1 : end.keptTokens();
    }

    /** Tokens whose text is out, in full or as far as it will ever be. */
    private List<Token> newTokens(SampledResponse now, Decoding decoded) {
        int[] offsets = decoded.offsets();
        int first = tokens.size();
        for (int i = first; i < offsets.length; i++) {
            int end = i + 1 < offsets.length ? offsets[i + 1] : decoded.text().length();
            boolean out = end <= text.length() || (ended() && offsets[i] < text.length());
            if (!out) {
                break;
            }
            String part = text.substring(offsets[i], Math.min(end, text.length()));
            tokens.add(new Token(now.tokens()[i], part, now.logProbs()[i], offsets[i]));
        }
        return List.copyOf(tokens.subList(first, tokens.size()));
    }

    /** Number among the request's responses: all of the first prompt, then those of the next. */
    public int index() {
        return index;
    }

    /** The text that is out. */
    public String text() {
        return text.toString();
    }

    /** The tokens of that text, if they are wanted. */
    public List<Token> tokens() {
        return Collections.unmodifiableList(tokens);
    }

    /** Generated tokens, without an end of text, and before the text was cut at a stop. */
    public int count() {
        return count;
    }

    /** Why it ended; empty if it goes on. */
    public Optional<FinishReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** What was sampled up to now. */
    public SampledResponse response() {
        if (response == null) {
            throw new IllegalStateException("choice " + index + " has not begun");
        }
        return response;
    }

    boolean ended() {
        return reason != null;
    }
}
