package dev.tracerl.benchmarks.training;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** A report as Markdown. */
final class Tables {
    private final PrintStream out;

    private Tables(PrintStream out) {
        this.out = out;
    }

    static void print(TrainingBenchmark.Report report, PrintStream out) {
        Tables tables = new Tables(out);
        tables.comparisons(report);
        tables.growth(report);
        tables.factors("Slowdown", report.slowdowns());
        tables.overhead(report);
        tables.factors("Peak MiB", report.peakMebibytes());
    }

    private void comparisons(TrainingBenchmark.Report report) {
        out.println(
                "| response | block | vocabulary | lengths | steps | group | trajectories/s | rows a trajectory, ours / published"
                        + " | scored rows, ours / published | speed-up | gradients differ by |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Comparison.Result result : report.comparisons()) {
            Shape shape = result.shape();
            long count = result.trajectories();
            line(
                    "| %d | %d | %,d | %s | %s | %d | %.2f | %,d / %,d | %,d / %,d | **%.1f** | %.0e |",
                    shape.response(),
                    shape.block(),
                    shape.vocabulary(),
                    shape.lengths(),
                    shape.steps(),
                    shape.group(),
                    count / result.packedSeconds(),
                    result.packedRows() / count,
                    result.referenceRows() / count,
                    result.packedTargets() / count,
                    result.referenceTargets() / count,
                    result.speedup(),
                    result.gradientDifference());
        }
    }

    private void growth(TrainingBenchmark.Report report) {
        line(
                "%n| response | rows | pairs | computed | whole step | outside of attention | attention | seconds: step | outside | attention |"
                        + "%n|---|---|---|---|---|---|---|---|---|---|");
        for (Growth.Result result : report.growth()) {
            line(
                    "| %,d to %,d | %.2f | %.2f | %.2f | %.2f | **%.2f** | %.2f | %.3f | %.3f | %.3f |",
                    result.from(),
                    result.to(),
                    result.rows(),
                    result.pairs(),
                    result.computed(),
                    result.time(),
                    result.outside(),
                    result.attention(),
                    result.seconds(),
                    result.outsideSeconds(),
                    result.attentionSeconds());
        }
    }

    private void overhead(TrainingBenchmark.Report report) {
        line("%n| what | calls | ms | bare, ms | factor |%n|---|---|---|---|---|");
        for (Overhead.Result result : report.overhead()) {
            line(
                    "| %s | %s | %,.1f | %,.1f | **%.2f** |",
                    result.what(),
                    result.calls(),
                    1000 * result.seconds(),
                    1000 * result.bareSeconds(),
                    result.factor());
        }
    }

    private void factors(String title, Map<String, Double> factors) {
        if (!factors.isEmpty()) {
            line("%n| what | %s |%n|---|---|", title);
            factors.forEach((name, factor) -> line("| %s | %.2f |", name, factor));
        }
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
