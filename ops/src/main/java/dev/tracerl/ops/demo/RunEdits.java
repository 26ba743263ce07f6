package dev.tracerl.ops.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes the two runs of a demo before they are read: warm-up first, TraceRL last. */
final class RunEdits {

    private RunEdits() {}

    /** @param attempt from 1; runs of later attempts get it as a suffix, so that earlier ones stay on the log */
    static void apply(List<ObjectNode> runs, Overrides overrides, int attempt) {
        if (runs.size() != 2) {
            throw new DemoException("a demo needs a run file with two runs: a warm-up and a TraceRL run");
        }
        overrides.seed().ifPresent(seed -> runs.forEach(run -> seed(run, seed)));
        ObjectNode rl = runs.get(1);
        overrides.maxLag().ifPresent(maxLag -> rl.withObject("/groups").put("maxLag", maxLag));
        overrides.steps().ifPresent(steps -> rl.withObject("/stop").put("maxSteps", steps));
        overrides.target().ifPresent(target -> rl.withObject("/stop").put("targetAccuracy", target));
        if (attempt > 1) {
            rename(runs, attempt);
        }
    }

    private static void seed(ObjectNode run, long seed) {
        run.put("seed", seed);
        ObjectNode initial = run.withObject("/model/initial");
        if (initial.path("source").asText().equalsIgnoreCase("RANDOM")) {
            initial.put("seed", seed);
        }
    }

    private static void rename(List<ObjectNode> runs, int attempt) {
        Map<String, String> names = new HashMap<>();
        for (ObjectNode run : runs) {
            String name = run.path("runId").asText();
            names.put(name, name + "-" + attempt);
            run.put("runId", name + "-" + attempt);
        }
        for (ObjectNode run : runs) {
            ObjectNode initial = run.withObject("/model/initial");
            String source = initial.path("runId").asText("");
            if (names.containsKey(source)) {
                initial.put("runId", names.get(source));
            }
        }
    }
}
