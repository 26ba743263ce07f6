package dev.tracerl.verifiers.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers that a response announces, by the strongest mark that it has.
 *
 * @param mark how they are announced
 * @param candidates what is announced; several only where a response boxes several
 */
public record FinalAnswer(Mark mark, List<String> candidates) {

    /** Longest response that is searched; of a longer one, the end. */
    public static final int MAX_LENGTH = 200_000;

    /** Marks, the strongest first. */
    public enum Mark {
        /** {@code \boxed{...}}. */
        BOXED,
        /** {@code <answer>...</answer>}. */
        TAGGED,
        /** {@code #### ...}. */
        HASHES,
        /** The answer is ... */
        ANNOUNCED,
        /** None of these. */
        NONE
    }

    private static final String HASHES = "####";
    /** A slip of models for a box. */
    private static final String SLIP = "\\beginboxed{";

    private static final String THINK_END = "</think>";
    private static final List<String> ENDS = List.of("<|im_end|>", "<|im_start|>", "<|endoftext|>", "<|eot_id|>");
    private static final Pattern ANNOUNCEMENT = Pattern.compile(
            "(?:final answer|correct answer|correct option|correct choice|answer)\\**(?: is| are| was)?(?: given by)?\\s*\\**[:=]?\\**\\s*",
            Pattern.CASE_INSENSITIVE);

    public FinalAnswer {
        candidates = List.copyOf(candidates);
    }

    /** Reads a response. */
    public static FinalAnswer of(String response) {
        String text = visible(response).replace(SLIP, "\\boxed{");
        List<String> boxed = Boxes.contents(text);
        if (!boxed.isEmpty()) {
            return new FinalAnswer(Mark.BOXED, boxed);
        }
        Optional<String> tagged = lastTag(text);
        if (tagged.isPresent()) {
            return new FinalAnswer(Mark.TAGGED, List.of(tagged.get()));
        }
        int hashes = text.lastIndexOf(HASHES);
        if (hashes >= 0 && !line(text, hashes + HASHES.length()).isBlank()) {
            return new FinalAnswer(Mark.HASHES, List.of(line(text, hashes + HASHES.length())));
        }
        return announced(text)
                .map(found -> new FinalAnswer(Mark.ANNOUNCED, List.of(found)))
                .orElseGet(() -> new FinalAnswer(Mark.NONE, List.of(text.strip())));
    }

    /** What a reader sees: without reasoning before the end of thought and without what follows an end of text. */
    public static String visible(String response) {
        String text = response.length() <= MAX_LENGTH ? response : response.substring(response.length() - MAX_LENGTH);
        for (String end : ENDS) {
            int at = text.indexOf(end);
            text = at > 0 ? text.substring(0, at) : text;
        }
        int thought = text.lastIndexOf(THINK_END);
        String after = thought < 0 ? text : text.substring(thought + THINK_END.length());
        return after.isBlank() ? text : after;
    }

    private static Optional<String> lastTag(String text) {
        int open = text.lastIndexOf("<answer>");
        if (open < 0) {
            return Optional.empty();
        }
        int from = open + "<answer>".length();
        int close = text.indexOf("</answer>", from);
        String content =
                close < 0 ? line(text, from) : text.substring(from, close).strip();
        return content.isEmpty() ? Optional.empty() : Optional.of(content);
    }

    /** After the last announcement that is followed by something: to the end of the line. */
    private static Optional<String> announced(String text) {
        Matcher matcher = ANNOUNCEMENT.matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            String rest = matcher.end() <= text.length() ? line(text, matcher.end()) : "";
            boolean marked = matcher.group().length() > "answer ".length();
            if (marked && rest.codePoints().anyMatch(Character::isLetterOrDigit)) {
                last = Optional.of(rest);
            }
        }
        return last;
    }

    private static String line(String text, int from) {
        int end = text.indexOf('\n', from);
        return text.substring(from, end < 0 ? text.length() : end).strip();
    }
}
