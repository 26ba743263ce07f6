package dev.tracerl.ops.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A trace in the terminal: a line per step, what it revealed in colour or, without colour, in brackets. */
public final class TraceText {

    private static final String NEW = "\u001b[1;32m";
    private static final String MASKED = "\u001b[2m";
    private static final String RESET = "\u001b[0m";
    private static final String DOT = "\u00b7";

    private final boolean colour;

    /** With or without control characters. */
    public TraceText(boolean colour) {
        this.colour = colour;
    }

    /** Heading, one line per step, verdict. */
    public List<String> lines(Trace trace) {
        List<String> lines = new ArrayList<>();
        lines.add(trace.trajectoryId() + "  task " + trace.taskId());
        lines.add("prompt     " + trace.prompt());
        for (int step : trace.steps()) {
            lines.add(String.format(Locale.ROOT, "step %4d  %s", step, line(trace, step)) + note(trace, step));
        }
        if (!trace.judgment().isEmpty()) {
            lines.add("verdict    " + trace.judgment());
        }
        return lines;
    }

    private String line(Trace trace, int step) {
        StringBuilder line = new StringBuilder();
        for (TraceToken token : trace.tokens()) {
            if (token.step() > step) {
                line.append(masked(token.text()));
            } else {
                line.append(token.step() == step ? revealed(token.text()) : token.text());
            }
        }
        return line.toString();
    }

    private String masked(String text) {
        String dots = DOT.repeat(text.length());
        return colour && !dots.isEmpty() ? MASKED + dots + RESET : dots;
    }

    /** The end of text has no characters. */
    private String revealed(String text) {
        if (text.isEmpty()) {
            return "";
        }
        return colour ? NEW + text + RESET : "[" + text + "]";
    }

    private static String note(Trace trace, int step) {
        List<TraceToken> revealed =
                trace.tokens().stream().filter(token -> token.step() == step).toList();
        double probability =
                revealed.stream().mapToDouble(TraceToken::probability).reduce(1, (product, each) -> product * each);
        return String.format(
                Locale.ROOT,
                "   p %.3f  version %d",
                probability,
                revealed.get(0).version());
    }
}
