package dev.tracerl.ops.trace;

/**
 * A token of an answer.
 *
 * @param text its characters
 * @param name what it is called if it has none, as a special token; empty if it has
 * @param step denoising step that revealed it, from 1
 * @param probability probability with which it was drawn; 1 if none was recorded
 * @param block block that holds it, from 0
 * @param version policy version of the block; -1 if none was recorded
 */
public record TraceToken(String text, String name, int step, double probability, int block, long version) {

    private static final String MASKED = "\u00b7";

    /** What is seen of it: its characters, or its name. */
    public String shown() {
        return text.isEmpty() ? name : text;
    }

    /** What is seen of it while it is masked: a dot for each character, and one for a name. */
    public String masked() {
        return MASKED.repeat(Math.max(1, text.length()));
    }
}
