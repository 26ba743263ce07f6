package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes the trees of a file's runs before they are read. */
public final class RunTrees {

    private RunTrees() {}

    /** Sets the seed of a run and of its random first weights. */
    public static void seed(ObjectNode run, long seed) {
        run.put("seed", seed);
        ObjectNode initial = run.withObject("/model/initial");
        if (initial.path("source").asText().equalsIgnoreCase("RANDOM")) {
            initial.put("seed", seed);
        }
    }

    /** Gives runs other names, also where one starts from the weights of another. */
    public static void rename(List<ObjectNode> runs, UnaryOperator<String> name) {
        Map<String, String> names = new HashMap<>();
        for (ObjectNode run : runs) {
            String old = run.path("runId").asText();
            names.put(old, name.apply(old));
            run.put("runId", names.get(old));
        }
        for (ObjectNode run : runs) {
            ObjectNode initial = run.withObject("/model/initial");
            String source = initial.path("runId").asText("");
            if (names.containsKey(source)) {
                initial.put("runId", names.get(source));
            }
        }
    }

    /** Sets the values of a tree in another one, key by key; what is no tree replaces what was there. */
    public static void merge(ObjectNode into, ObjectNode changes) {
        changes.properties().forEach(change -> {
            JsonNode old = into.get(change.getKey());
            if (old instanceof ObjectNode oldTree && change.getValue() instanceof ObjectNode newTree) {
                merge(oldTree, newTree);
            } else {
                into.set(change.getKey(), change.getValue().deepCopy());
            }
        });
    }
}
