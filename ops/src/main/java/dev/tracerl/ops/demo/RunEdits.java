package dev.tracerl.ops.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.ops.run.RunTrees;
import java.util.List;

/** Changes the two runs of a demo before they are read: warm-up first, TraceRL last. */
final class RunEdits {

    private RunEdits() {}

    /** @param attempt from 1; runs of later attempts get it as a suffix, so that earlier ones stay on the log */
    static void apply(List<ObjectNode> runs, Overrides overrides, int attempt) {
        if (runs.size() != 2) {
            throw new DemoException("a demo needs a run file with two runs: a warm-up and a TraceRL run");
        }
        overrides.seed().ifPresent(seed -> runs.forEach(run -> RunTrees.seed(run, seed)));
        ObjectNode rl = runs.get(1);
        overrides.maxLag().ifPresent(maxLag -> rl.withObject("/groups").put("maxLag", maxLag));
        overrides.steps().ifPresent(steps -> rl.withObject("/stop").put("maxSteps", steps));
        overrides.target().ifPresent(target -> rl.withObject("/stop").put("targetAccuracy", target));
        if (attempt > 1) {
            RunTrees.rename(runs, name -> name + "-" + attempt);
        }
    }
}
