package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings in which a run on the log and one of the same name differ. */
final class Differences {

    private static final int MOST = 20;
    private static final int LONGEST = 60;
    private static final String ABSENT = "nothing";

    private Differences() {}

    /** A line for each, with its key in a run file; that one of them is older is none. */
    static List<String> of(RunSpec there, RunSpec here) {
        Map<String, String> before = flat(there);
        Map<String, String> now = flat(here);
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            String old = before.getOrDefault(key, ABSENT);
            String wanted = now.getOrDefault(key, ABSENT);
            if (!Objects.equals(old, wanted)) {
                lines.add("%s: there %s, here %s".formatted(key, shortened(old), shortened(wanted)));
            }
        }
        if (lines.size() <= MOST) {
            return lines;
        }
        List<String> most = new ArrayList<>(lines.subList(0, MOST));
        most.add("and %d more".formatted(lines.size() - MOST));
        return most;
    }

    private static Map<String, String> flat(RunSpec run) {
        ObjectNode tree = SpecTree.of(run);
        tree.remove("createdAt");
        tree.withObject("/model").set("config", YamlTree.value(run.getModel().getConfig()));
        Map<String, String> values = new TreeMap<>();
        flatten("", tree, values);
        return values;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> values) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> flatten(Problems.at(path, entry.getKey()), entry.getValue(), values));
        } else if (node instanceof ArrayNode list) {
            for (int index = 0; index < list.size(); index++) {
                flatten(Problems.at(path, index), list.get(index), values);
            }
        } else {
            values.put(path, node.asText());
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
    }
}
