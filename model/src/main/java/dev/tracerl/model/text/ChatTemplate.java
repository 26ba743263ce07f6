package dev.tracerl.model.text;

import java.util.Arrays;
import java.util.Locale;

/** How a task's text becomes the prompt of a model. */
public enum ChatTemplate {
    /** The text as it is, for models trained from scratch. */
    PLAIN("", ""),
    /** One user turn, then the header of the assistant's. */
    CHATML("<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n");

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
     * Finds a template by its name in lower case.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static ChatTemplate byName(String name) {
        for (ChatTemplate template : values()) {
            if (template.name().toLowerCase(Locale.ROOT).equals(name)) {
                return template;
            }
        }
        throw new IllegalArgumentException("no chat template " + name + "; known: "
                + Arrays.stream(values())
                        .map(t -> t.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
