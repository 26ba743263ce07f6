package dev.tracerl.model.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a task's text becomes the prompt of a model. A template holds turns and headers only; what is asked, such as an
 * answer in a box, is part of the task. The names of special tokens in it become those tokens.
 */
public enum ChatTemplate {
    /** The text as it is, for models trained from scratch. */
    PLAIN("", ""),
    /** One user turn, then the header of the assistant's: SDAR and TraDo. */
    CHATML("<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"),
    /** The same with thoughts begun: thinking variants of TraDo. */
    CHATML_THINKING("<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant<think>\n"),
    /** A general system turn and one user turn: Dream and DiffuCoder. */
    DREAM(
            "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n",
            "<|im_end|>\n<|im_start|>assistant\n"),
    /** LLaDA and MMaDA. */
    LLADA(
            "<|startoftext|><|start_header_id|>user<|end_header_id|>\n\n",
            "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n");

    private static final Pattern SPECIAL = Pattern.compile("<\\|\\w+\\|>");

    private final String before;
    private final String after;

    ChatTemplate(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** The prompt for a task's text. */
    public String render(String text) {
        return before + text + after;
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
