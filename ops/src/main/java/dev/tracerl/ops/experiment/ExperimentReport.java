package dev.tracerl.ops.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.render.SpreadChart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Table, picture and numbers of an experiment. */
final class ExperimentReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final ExperimentFile file;

    ExperimentReport(Path folder, ExperimentFile file) {
        this.folder = folder;
        this.file = file;
    }

    /**
     * Writes the files.
     *
     * @return what the user should see
     */
    List<String> write(Map<Variant, List<Trial>> trials) {
        List<String> table = table(trials);
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("results.md"), table);
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve("results.json").toFile(), byId(trials));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new SpreadChart(file.title(), file.steps(), series(trials)).write(folder.resolve("curve.png"));
        List<String> shown = new ArrayList<>(List.of(""));
        shown.addAll(table);
        shown.addAll(List.of("", "Table, numbers and picture: " + folder, ""));
        return shown;
    }

    private List<String> table(Map<Variant, List<Trial>> trials) {
        List<String> lines = new ArrayList<>();
        lines.add("| %s | seeds | before | after %d steps | lowest to highest | rollouts | max lag | clipped |"
                .formatted(file.title(), file.steps()));
        lines.add("|---|---|---|---|---|---|---|---|");
        trials.forEach((variant, done) -> lines.add(row(variant, done)));
        return lines;
    }

    private static String row(Variant variant, List<Trial> done) {
        Spread last = spread(done, Trial::last);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f %% | **%.1f %%** ± %.1f | %.1f to %.1f | %.0f | %d | %.1f %% |",
                variant.name(),
                done.stream().map(trial -> String.valueOf(trial.seed())).toList(),
                100 * spread(done, Trial::before).mean(),
                100 * last.mean(),
                100 * last.deviation(),
                100 * last.low(),
                100 * last.high(),
                spread(done, Trial::rollouts).mean(),
                done.stream().mapToLong(Trial::maxLag).max().orElse(0),
                100 * spread(done, Trial::clipFraction).mean());
    }

    private static Spread spread(List<Trial> done, ToDoubleFunction<Trial> value) {
        return Spread.of(done.stream().map(value::applyAsDouble).toList());
    }

    /** The trials as results.json has them. */
    static Map<String, List<Trial>> byId(Map<Variant, List<Trial>> trials) {
        Map<String, List<Trial>> result = new LinkedHashMap<>();
        trials.forEach((variant, done) -> result.put(variant.id(), done));
        return result;
    }

    private static List<SpreadChart.Series> series(Map<Variant, List<Trial>> trials) {
        List<SpreadChart.Series> series = new ArrayList<>();
        trials.forEach((variant, done) -> series.add(new SpreadChart.Series(variant.name(), points(done))));
        return series;
    }

    /** A point for each version that every seed evaluated. */
    private static List<SpreadChart.Point> points(List<Trial> done) {
        List<SpreadChart.Point> points = new ArrayList<>();
        for (Long version : done.get(0).validation().keySet()) {
            List<Double> values = done.stream()
                    .flatMap(trial -> Stream.ofNullable(trial.validation().get(version)))
                    .toList();
            if (values.size() == done.size()) {
                Spread spread = Spread.of(values);
                points.add(new SpreadChart.Point(version, spread.mean(), spread.low(), spread.high()));
            }
        }
        return points;
    }
}
