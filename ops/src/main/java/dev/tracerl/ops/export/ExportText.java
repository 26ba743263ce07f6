package dev.tracerl.ops.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an export holds as a table for people. */
public final class ExportText {

    private ExportText() {}

    /** Lines of the table, then what has no row and why. */
    public static List<String> lines(ExportReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Run " + report.runId() + " in " + report.folder());
        lines.add(row("", "files", "rows", "new rows", "bytes"));
        report.tables()
                .forEach((table, size) ->
                        lines.add(row(table, size.files(), size.rows(), size.newRows(), size.bytes())));
        note(report.waiting(), "trajectories wait for the end of their group: export again later", lines);
        note(report.duplicates(), "further copies of trajectories were left out", lines);
        note(report.unreadable(), "records that cannot be decoded or are malformed were left out", lines);
        return lines;
    }

    private static String row(String table, Object files, Object rows, Object added, Object bytes) {
        return String.format(Locale.ROOT, "%-14s%8s%12s%12s%14s", table, files, rows, added, bytes);
    }

    private static void note(long count, String what, List<String> lines) {
        if (count > 0) {
            lines.add(count + " " + what);
        }
    }
}
