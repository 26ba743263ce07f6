package dev.tracerl.ops.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The summary in words. */
final class SummaryText {

    private SummaryText() {}

    static List<String> lines(Summary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("Accuracy on the first %d public %s test tasks".formatted(summary.evaluated(), summary.task()));
        lines.add(accuracy("before the warm-up", summary.accuracy().initial(), ""));
        lines.add(accuracy(
                "after the warm-up",
                summary.accuracy().afterWarmUp(),
                summary.steps().warmUp() + " steps"));
        lines.add(accuracy(
                "after TraceRL",
                summary.accuracy().last(),
                summary.steps().rl() + " steps, version " + summary.finalVersion()));
        lines.add("");
        Summary.Seconds seconds = summary.seconds();
        lines.add(format(
                "Time  %s: start-up %s, warm-up %s, TraceRL %s",
                duration(seconds.total()),
                duration(seconds.startUp()),
                duration(seconds.warmUp()),
                duration(seconds.rl())));
        lines.add(format(
                "      of which, side by side: rollout %s, verification %s, training %s, trainer idle %s",
                duration(seconds.rollout()),
                duration(seconds.verification()),
                duration(seconds.training()),
                duration(seconds.trainerIdle())));
        Summary.Trajectories trajectories = summary.trajectories();
        lines.add(format(
                "Trajectories  requested %d: accepted %d, filtered %d, expired %d, dead %d, late %d",
                trajectories.requested(),
                trajectories.accepted(),
                trajectories.filtered(),
                trajectories.expired(),
                trajectories.dead(),
                trajectories.late()));
        lines.add(format(
                "Trained tokens %d, largest lag %d, final weights sha256 %s",
                summary.trainedTokens(), summary.maxLagSeen(), summary.finalSha256()));
        return lines;
    }

    private static String accuracy(String when, double accuracy, String note) {
        return format("  %-20s %5.1f %%  %s", when, 100 * accuracy, note).stripTrailing();
    }

    static String duration(double seconds) {
        if (seconds < 10) {
            return format("%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
