package dev.tracerl.model.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a task's text becomes the prompt of a model. A template holds turns and headers only; what is asked, such as an
 * answer in a box, is part of the task. The names of special tokens in it become those tokens.
 */
public enum ChatTemplate {
    /** The text as it is, for models trained from scratch. */
    PLAIN("", "", "", ""),
    /** One turn after the other, then the header of the assistant's: SDAR and TraDo. */
    CHATML("", "<|im_start|>%s\n", "<|im_end|>\n", "<|im_start|>assistant\n"),
    /** The same with thoughts begun: thinking variants of TraDo. */
    CHATML_THINKING("", "<|im_start|>%s\n", "<|im_end|>\n", "<|im_start|>assistant<think>\n"),
    /** A general system turn, unless there is another, and the user's: Dream and DiffuCoder. */
    DREAM("", "<|im_start|>%s\n", "<|im_end|>\n", "<|im_start|>assistant\n"),
    /** LLaDA and MMaDA. */
    LLADA(
            "<|startoftext|>",
            "<|start_header_id|>%s<|end_header_id|>\n\n",
            "<|eot_id|>",
            "<|start_header_id|>assistant<|end_header_id|>\n\n");

    /** Who may speak. */
    public static final Set<String> ROLES = Set.of("system", "user", "assistant");

    private static final Turn GENERAL = new Turn("system", "You are a helpful assistant.");
    private static final Pattern SPECIAL = Pattern.compile("<\\|\\w+\\|>");

    private final String start;
    private final String header;
    private final String end;
    private final String answer;

    ChatTemplate(String start, String header, String end, String answer) {
        this.start = start;
        this.header = header;
        this.end = end;
        this.answer = answer;
    }

    /** What somebody says: system, user or assistant. */
    public record Turn(String role, String text) {}

    /** The prompt for a task's text, which is what the user says. */
    public String render(String text) {
        return render(List.of(new Turn("user", text)));
    }

    /**
     * The prompt for the next turn of a conversation, which is the assistant's.
     *
     * @throws IllegalArgumentException if the template has no place for its turns
     */
    public String render(List<Turn> turns) {
        if (this == PLAIN && (turns.size() != 1 || !turns.get(0).role().equals("user"))) {
            throw new IllegalArgumentException("chat template plain has a place for one turn of the user only");
        }
        StringBuilder prompt = new StringBuilder(start);
        if (this == DREAM && !turns.get(0).role().equals("system")) {
            append(prompt, GENERAL);
        }
        turns.forEach(turn -> append(prompt, turn));
        return prompt.append(answer).toString();
    }

    private void append(StringBuilder prompt, Turn turn) {
        prompt.append(header.replace("%s", turn.role())).append(turn.text()).append(end);
    }

    /**
     * Checks that a tokenizer knows the template's special tokens.
     *
     * @throws IllegalArgumentException naming the first one that is not a single token
     */
    public void check(TextCodec codec) {
        Matcher names = SPECIAL.matcher(render(""));
        while (names.find()) {
            int count = codec.encode(names.group()).ids().length;
            if (count != 1) {
                throw new IllegalArgumentException("chat template " + spelling() + " needs the token " + names.group()
                        + ", which the tokenizer splits into " + count);
            }
        }
    }

    /**
     * Finds a template by its name, such as {@code chatml-thinking}.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static ChatTemplate byName(String name) {
        for (ChatTemplate template : values()) {
            if (template.spelling().equals(name)) {
                return template;
            }
        }
        throw new IllegalArgumentException("no chat template " + name + "; known: "
                + Arrays.stream(values()).map(ChatTemplate::spelling).toList());
    }

    /** The name in a run. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
