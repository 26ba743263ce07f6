package dev.tracerl.ops.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A trace in the terminal: a line per step, what it revealed in colour or, without colour, in brackets. What has no
 * characters is there with its name, what breaks lines as a sign.
 */
public final class TraceText {

    private static final String NEW = "\u001b[1;32m";
    private static final String MASKED = "\u001b[2m";
    private static final String RESET = "\u001b[0m";
    private static final char SPACE = '\u2423';
    private static final char LINE = '\u23ce';
    private static final char TAB = '\u21e5';

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
                line.append(masked(token.masked()));
            } else {
                line.append(token.step() == step ? revealed(inLine(token.shown())) : inLine(token.shown()));
            }
        }
        return line.toString();
    }

    private String masked(String dots) {
        return colour ? MASKED + dots + RESET : dots;
    }

    private String revealed(String text) {
        return colour ? NEW + (text.isBlank() ? text.replace(' ', SPACE) : text) + RESET : "[" + text + "]";
    }

    private static String inLine(String text) {
        return text.replace('\n', LINE).replace('\r', LINE).replace('\t', TAB);
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
