package dev.tracerl.ops.rescore;

import dev.tracerl.ops.rescore.RescoreReport.Ended;
import dev.tracerl.ops.rescore.RescoreReport.Groups;
import dev.tracerl.ops.rescore.RescoreReport.SampleChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A comparison for people. */
public final class RescoreText {

    private static final int SHOWN = 20;

    private RescoreText() {}

    /** Lines: what judged, what changed, where the verdicts are. */
    public static List<String> lines(RescoreReport report) {
        List<String> lines = new ArrayList<>();
        String verifiers = report.verifiers().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        lines.add("Run " + report.runId() + " judged again by " + verifiers
                + (report.changes().isEmpty() ? "" : " with " + String.join(", ", report.changes())));
        Groups groups = report.groups();
        lines.add("%d trajectories in %d groups%s"
                .formatted(
                        report.trajectories(),
                        groups.total(),
                        report.inFlight() == 0 ? "" : ", " + report.inFlight() + " groups in flight left out"));
        groups(groups, lines);
        verdicts(report, lines);
        lines.add(row(
                "mean reward",
                number(report.reward().before()) + " -> "
                        + number(report.reward().after())));
        lines.add(row("rewards", report.rewardsChanged() + " changed"));
        lines.add(row(
                "advantages",
                report.advantagesChanged() + " changed, by " + number(report.largestAdvantageChange()) + " at most"));
        largest(report.largest(), lines);
        lines.add("Verdicts: topic " + report.topic());
        findings(report.findings(), lines);
        lines.add(report.isUnchanged() ? "Nothing would have changed." : "Training would have seen something else.");
        return lines;
    }

    private static void groups(Groups groups, List<String> lines) {
        lines.add(String.format(Locale.ROOT, "%-20s%16s%16s", "groups", "now trained", "not trained"));
        lines.add(counts("  were trained", groups.trainedBoth(), groups.nowFiltered()));
        lines.add(counts("  were filtered", groups.nowTrained(), groups.filteredBoth()));
        ended("  had expired", groups.expired(), lines);
        ended("  were dead", groups.dead(), lines);
    }

    private static void ended(String name, Ended groups, List<String> lines) {
        if (groups.total() > 0) {
            lines.add(counts(name, groups.nowTrained(), groups.notTrained()));
        }
    }

    private static String counts(String name, int trained, int notTrained) {
        return String.format(Locale.ROOT, "%-20s%16d%16d", name, trained, notTrained);
    }

    private static void verdicts(RescoreReport report, List<String> lines) {
        long changed =
                report.verdicts().values().stream().mapToLong(Long::longValue).sum();
        lines.add(row("verdicts", changed + " changed"));
        report.verdicts().forEach((pair, count) -> lines.add(row("", count + "  " + pair)));
    }

    private static void largest(List<SampleChange> largest, List<String> lines) {
        if (!largest.isEmpty()) {
            lines.add("largest changes" + " ".repeat(13) + "reward              advantage");
        }
        largest.forEach(change -> lines.add(String.format(
                Locale.ROOT,
                "  %-24s  %-18s  %-18s  %s -> %s",
                change.trajectoryId(),
                number(change.rewardBefore()) + " -> " + number(change.rewardAfter()),
                number(change.advantageBefore()) + " -> " + number(change.advantageAfter()),
                change.outcomeBefore(),
                change.outcomeAfter())));
    }

    private static void findings(List<String> findings, List<String> lines) {
        findings.stream().limit(SHOWN).forEach(finding -> lines.add("  WRONG: " + finding));
        if (findings.size() > SHOWN) {
            lines.add("  ... and " + (findings.size() - SHOWN) + " more; --json lists all");
        }
    }

    private static String number(@Nullable Double value) {
        return value == null ? "none" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String row(String name, String text) {
        return String.format(Locale.ROOT, "%-20s%s", name, text);
    }
}
