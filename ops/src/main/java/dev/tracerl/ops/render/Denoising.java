package dev.tracerl.ops.render;

import dev.tracerl.ops.trace.TokenNames;
import dev.tracerl.ops.trace.Trace;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows how an answer came out of the noise: its text after every denoising step, masked tokens as dots. */
public final class Denoising {

    private Denoising() {}

    /** A heading with the prompt, then one line per step that revealed a kept token. */
    public static List<String> lines(Trajectory trajectory, TokenNames names) {
        Trace trace = Trace.of(trajectory, Optional.empty(), names);
        List<String> lines = new ArrayList<>();
        lines.add("task " + trace.taskId() + "  prompt " + trace.prompt());
        for (int step : trace.steps()) {
            lines.add(String.format(Locale.ROOT, "  step %3d  %s", step, line(trace, step)));
        }
        return lines;
    }

    private static String line(Trace trace, int step) {
        return trace.tokens().stream()
                .map(token -> token.step() > step ? token.masked() : token.shown())
                .collect(Collectors.joining());
    }
}
