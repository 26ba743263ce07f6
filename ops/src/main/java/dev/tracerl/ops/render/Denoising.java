package dev.tracerl.ops.render;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Shows how an answer came out of the noise: its text after every denoising step, masked tokens as dots. */
public final class Denoising {

    private static final char MASKED = '\u00b7';

    private Denoising() {}

    /** A heading with the prompt, then one line per step that revealed a kept token. */
    public static List<String> lines(Trajectory trajectory) {
        List<String> lines = new ArrayList<>();
        Segment answer = trajectory.getSegments().get(trajectory.getSegments().size() - 1);
        lines.add("task " + trajectory.getTaskId() + "  prompt "
                + trajectory.getSegments().get(0).getText());
        int[] steps = Packed.ints(answer.getStepMap());
        int[] offsets = Packed.ints(answer.getOffsets());
        int kept = answer.getKeptTokens();
        IntStream.range(0, kept)
                .map(token -> steps[token])
                .distinct()
                .sorted()
                .forEach(step -> lines.add(String.format(
                        Locale.ROOT, "  step %3d  %s", step, revealed(answer.getText(), steps, offsets, kept, step))));
        return lines;
    }

    private static String revealed(String text, int[] steps, int[] offsets, int kept, int step) {
        StringBuilder shown = new StringBuilder(text);
        for (int token = 0; token < kept; token++) {
            int end = token + 1 < kept ? offsets[token + 1] : text.length();
            for (int at = offsets[token]; at < end && steps[token] > step; at++) {
                shown.setCharAt(at, MASKED);
            }
        }
        return shown.toString();
    }
}
