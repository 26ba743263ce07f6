package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A setting that is given another value. Its path joins keys of a run file by dots; of a list, {@code [0]} takes an item,
 * {@code [name]} the item of the task set of that name, {@code [*]} all items. A mapping is merged into the one that is
 * there, anything else replaces it.
 *
 * @param path as in {@code evaluation[sudoku-test].sampler.maxTokens}
 * @param value the new value; null takes an optional setting away
 */
public record Change(String path, JsonNode value) {

    /**
     * Reads {@code path=value}, the value as YAML.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Change parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + text + "' is not key=value, as in sampler.maxTokens=48");
        }
        return new Change(text.substring(0, equals).strip(), YamlTree.value(text.substring(equals + 1)));
    }

    /**
     * Reads a YAML file of paths and values.
     *
     * @throws RunFileException if it is none
     */
    public static List<Change> read(Path file) {
        Problems problems = new Problems();
        JsonNode tree = YamlTree.read(file, problems);
        if (!tree.isObject()) {
            problems.add("", "expected keys and values, found " + tree);
        }
        problems.throwIfAny(file.toString());
        return tree.properties().stream()
                .map(entry -> new Change(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** As in {@link #parse}. */
    @Override
    public String toString() {
        return path + "=" + text();
    }

    /** The value as text. */
    public String text() {
        return value.isTextual() ? value.asText() : value.toString();
    }

    /** Makes the change in a tree; adds a problem if the path leads nowhere. */
    void apply(ObjectNode tree, Problems problems) {
        List<String> keys = keys();
        List<JsonNode> parents = List.of(tree);
        for (String key : keys.subList(0, keys.size() - 1)) {
            parents = parents.stream().flatMap(parent -> children(parent, key)).toList();
            if (parents.isEmpty()) {
                problems.add(path, "there is no " + key);
            }
        }
        parents.forEach(parent -> set(parent, keys.get(keys.size() - 1), problems));
    }

    /** Keys and brackets, as in {@code evaluation, [0], sampler}. */
    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String part : path.split("\\.(?![^\\[]*])", -1)) {
            int bracket = part.indexOf('[');
            keys.add(bracket < 0 ? part : part.substring(0, bracket));
            if (bracket >= 0) {
                keys.add(part.substring(bracket));
            }
        }
        return keys;
    }

    private static Stream<JsonNode> children(JsonNode parent, String key) {
        if (key.startsWith("[")) {
            String wanted = key.substring(1, key.length() - 1);
            return IntStream.range(0, parent.size())
                    .filter(index -> parent.isArray() && isWanted(wanted, index, parent.get(index)))
                    .mapToObj(parent::get);
        }
        return parent instanceof ObjectNode object ? Stream.of(child(object, key)) : Stream.empty();
    }

    private static boolean isWanted(String wanted, int index, JsonNode item) {
        return wanted.equals("*")
                || wanted.equals(String.valueOf(index))
                || wanted.equals(item.path("set").asText());
    }

    /** An absent child begins empty; a text of keys and values, as a model's config.json, becomes a tree. */
    private static JsonNode child(ObjectNode parent, String key) {
        JsonNode child = parent.path(key);
        if (child.isMissingNode() || child.isNull()) {
            return parent.putObject(key);
        }
        if (child.isTextual() && YamlTree.value(child.asText()) instanceof ObjectNode tree) {
            parent.set(key, tree);
            return tree;
        }
        return child;
    }

    private void set(JsonNode parent, String key, Problems problems) {
        if (!(parent instanceof ObjectNode object) || key.startsWith("[")) {
            problems.add(path, "name a key, as in evaluation[0].count; a list is replaced as a whole");
        } else if (object.get(key) instanceof ObjectNode old && value instanceof ObjectNode changes) {
            RunTrees.merge(old, changes);
        } else {
            object.set(key, value.deepCopy());
        }
    }
}
