package dev.tracerl.ops.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.ops.run.RunTrees;
import java.util.List;

/**
 * The runs of an experiment. A seed has one warm-up, from whose last version all variants start.
 *
 * @param name first part of the runs' names
 */
record ExperimentRuns(String name, ExperimentFile file) {

    /** The warm-up of a seed. */
    PlannedRun warmUp(long seed) {
        return runs(seed, file.variants().get(0)).get(0);
    }

    /** The run of a variant, after {@link #warmUp}. */
    PlannedRun variant(long seed, Variant variant) {
        return runs(seed, variant).get(1);
    }

    private List<PlannedRun> runs(long seed, Variant variant) {
        return RunFile.read(file.base(), trees -> edit(trees, seed, variant));
    }

    private void edit(List<ObjectNode> trees, long seed, Variant variant) {
        if (trees.size() != 2) {
            throw new IllegalArgumentException(file.base() + ": expected a warm-up and one run after it");
        }
        String warmUp = trees.get(0).path("runId").asText();
        RunTrees.rename(trees, old -> "%s-%s-s%d".formatted(name, old.equals(warmUp) ? "warmup" : variant.id(), seed));
        trees.forEach(tree -> RunTrees.seed(tree, seed));
        ObjectNode run = trees.get(1);
        RunTrees.merge(run, variant.changes());
        ObjectNode stop = run.withObject("/stop");
        stop.put("maxSteps", file.steps());
        stop.remove("targetSet");
        stop.remove("targetAccuracy");
    }
}
