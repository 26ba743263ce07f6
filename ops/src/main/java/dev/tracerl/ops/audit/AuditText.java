package dev.tracerl.ops.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An account as a table for people. */
public final class AuditText {

    private static final int SHOWN = 20;

    private AuditText() {}

    /** Lines of the table, then what is wrong, then the conclusion. */
    public static List<String> lines(AuditReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Run " + report.runId() + (report.finished() ? " (finished)" : " (not finished)"));
        lines.add(row("", "training groups", "trajectories", "evaluation groups", "trajectories"));
        lines.add(row(
                "requested",
                report.training().requestedGroups(),
                report.training().requestedTrajectories(),
                report.evaluation().requestedGroups(),
                report.evaluation().requestedTrajectories()));
        fates(report).forEach(fate -> lines.add(fate(report, fate)));
        lines.add("%d verdicts, %d training steps, %d duplicates, %d recorded strays"
                .formatted(
                        report.verdicts(),
                        report.steps(),
                        report.duplicates().size(),
                        report.strays().size()));
        list("duplicate", report.duplicates(), lines);
        list("stray", report.strays().stream().map(stray -> describe(stray)).toList(), lines);
        list(
                "WRONG",
                report.findings().stream().map(finding -> describe(finding)).toList(),
                lines);
        lines.add(
                report.findings().isEmpty()
                        ? "Everything is accounted for."
                        : report.findings().size() + " findings: the log does not account for everything.");
        return lines;
    }

    private static Set<String> fates(AuditReport report) {
        Set<String> fates = new TreeSet<>(report.training().groups().keySet());
        fates.addAll(report.evaluation().groups().keySet());
        return fates;
    }

    private static String fate(AuditReport report, String fate) {
        return row(
                "  " + fate,
                count(report.training().groups(), fate),
                count(report.training().trajectories(), fate),
                count(report.evaluation().groups(), fate),
                count(report.evaluation().trajectories(), fate));
    }

    private static long count(Map<String, Long> counts, String fate) {
        return counts.getOrDefault(fate, 0L);
    }

    private static String row(String name, Object... cells) {
        return String.format(Locale.ROOT, "%-12s%17s%14s%19s%14s", prepend(name, cells));
    }

    private static Object[] prepend(String name, Object[] cells) {
        Object[] all = new Object[cells.length + 1];
        all[0] = name;
        System.arraycopy(cells, 0, all, 1, cells.length);
        return all;
    }

    private static String describe(StrayEntry stray) {
        return "%s %s from %s, %s".formatted(stray.trajectoryId(), stray.kind(), stray.worker(), stray.origin());
    }

    private static String describe(Finding finding) {
        return finding.id() + " " + finding.text();
    }

    private static void list(String label, List<String> entries, List<String> lines) {
        entries.stream().limit(SHOWN).forEach(entry -> lines.add("  " + label + ": " + entry));
        if (entries.size() > SHOWN) {
            lines.add("  ... and " + (entries.size() - SHOWN) + " more; --json lists all");
        }
    }
}
