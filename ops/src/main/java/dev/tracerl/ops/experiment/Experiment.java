package dev.tracerl.ops.experiment;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.session.LocalSession;
import dev.tracerl.ops.session.RunDriver;
import dev.tracerl.ops.session.StackSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does all runs of an experiment on the local stack, seed by seed, and writes the report after each seed. Called again,
 * it goes on where it was; the log knows.
 */
public final class Experiment {

    private final ExperimentOptions options;
    private final Screen screen;

    /** An experiment that shows itself on a screen. */
    public Experiment(ExperimentOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /**
     * Runs until every variant is done with every seed.
     *
     * @return what each variant reached with each seed, by the variant's id; the same as in the report's results.json
     */
    public Map<String, List<Trial>> run() {
        ExperimentFile file = options.experiment();
        ExperimentRuns runs = new ExperimentRuns(options.name(), file);
        file.variants().forEach(variant -> runs.variant(file.seeds().get(0), variant)); // refuses what is wrong now
        Map<Variant, List<Trial>> trials = new LinkedHashMap<>();
        try (StackSession stack =
                LocalSession.open(options.installation(), options.stack(), options.keepRunning(), screen)) {
            RunDriver driver = new RunDriver(stack, screen, () -> {}, options.takeOver());
            for (long seed : file.seeds()) {
                driver.finish("warm-up", runs.warmUp(seed));
                for (Variant variant : file.variants()) {
                    Trial trial = Trial.of(driver.finish(variant.id(), runs.variant(seed, variant)));
                    trials.computeIfAbsent(variant, first -> new ArrayList<>()).add(trial);
                }
                new ExperimentReport(options.folder(), file).write(trials).forEach(screen::line);
            }
        }
        return ExperimentReport.byId(trials);
    }
}
