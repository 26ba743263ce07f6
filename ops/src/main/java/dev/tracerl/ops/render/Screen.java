package dev.tracerl.ops.render;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Where a command shows its progress: on a terminal, lines scroll above one status line that is drawn anew; elsewhere
 * there are plain lines only, without control characters. Thread-safe.
 */
public final class Screen {

    private static final int BAR_WIDTH = 24;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private String status = "";

    /** @param terminal whether the output is shown on a terminal */
    public Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Writes a line that stays. */
    public synchronized void line(String text) {
        if (terminal && !status.isEmpty()) {
            out.print(ERASE_LINE);
        }
        out.println(text);
        draw();
    }

    /** Shows how far a phase is; on a terminal only. */
    public synchronized void progress(String phase, long done, long total, String note) {
        long filled = total <= 0 ? 0 : Math.min(BAR_WIDTH, done * BAR_WIDTH / total);
        String bar = "#".repeat((int) filled) + ".".repeat((int) (BAR_WIDTH - filled));
        status(String.format(Locale.ROOT, "%-9s [%s] %d/%d  %s", phase, bar, done, total, note));
    }

    /** Shows what is going on; on a terminal only. */
    public synchronized void status(String text) {
        if (!terminal || text.equals(status)) {
            return;
        }
        status = text;
        draw();
    }

    /** Takes the status line away. */
    public synchronized void clear() {
        if (terminal && !status.isEmpty()) {
            out.print(ERASE_LINE);
        }
        status = "";
        out.flush();
    }

    private void draw() {
        if (terminal && !status.isEmpty()) {
            out.print(ERASE_LINE + status);
        }
        out.flush();
    }
}
