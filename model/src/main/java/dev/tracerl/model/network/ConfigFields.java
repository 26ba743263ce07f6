package dev.tracerl.model.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The fields of a {@code config.json} by a family's names; absent and null are the same. Collects what is wrong. */
final class ConfigFields {
    private final JsonNode root;
    private final Renames names;
    private final List<String> problems = new ArrayList<>();

    ConfigFields(JsonNode root, Renames names) {
        this.root = root;
        this.names = names;
    }

    boolean has(String field) {
        return root.hasNonNull(names.of(field));
    }

    int integer(String field, int absent) {
        return node(field).asInt(absent);
    }

    double real(String field, double absent) {
        return node(field).asDouble(absent);
    }

    boolean flag(String field, boolean absent) {
        return node(field).asBoolean(absent);
    }

    /** A number, or a list of numbers. */
    List<Integer> integers(String field) {
        List<Integer> values = new ArrayList<>();
        elements(field).forEach(value -> values.add(value.asInt()));
        return values;
    }

    void requireAll(List<String> required) {
        List<String> missing =
                required.stream().filter(field -> !has(field)).map(names::of).toList();
        require(missing.isEmpty(), "missing " + String.join(", ", missing));
    }

    void requireIntegers(List<String> integers) {
        integers.forEach(field -> expect(field, JsonNode::isInt, "a whole number"));
    }

    void requireReals(List<String> reals) {
        reals.forEach(field -> expect(field, JsonNode::isNumber, "a number"));
    }

    void requireFlags(List<String> flags) {
        flags.forEach(field -> expect(field, JsonNode::isBoolean, "true or false"));
    }

    void requireIntegerOrList(String field) {
        for (JsonNode element : elements(field)) {
            require(element.isInt(), names.of(field) + " must be a whole number or a list of them, got " + node(field));
        }
    }

    /** Refuses any other value than this. */
    void only(String field, JsonNode value) {
        require(
                !has(field) || node(field).equals(value),
                names.of(field) + " " + node(field) + " is not supported, only " + value);
    }

    /** Refuses a feature unless it is false or 0. */
    void without(String field) {
        JsonNode node = node(field);
        boolean off = !has(field) || node.equals(BooleanNode.FALSE) || (node.isNumber() && node.asDouble() == 0);
        require(off, names.of(field) + " " + node + " is not supported");
    }

    void require(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("model configuration: " + String.join("; ", problems));
        }
    }

    private void expect(String field, Predicate<JsonNode> type, String expected) {
        require(
                !has(field) || type.test(node(field)),
                names.of(field) + " must be " + expected + ", got " + node(field));
    }

    private Iterable<JsonNode> elements(String field) {
        if (!has(field)) {
            return List.of();
        }
        return node(field).isArray() ? node(field) : List.of(node(field));
    }

    /** Missing instead of null. */
    private JsonNode node(String field) {
        return has(field) ? root.get(names.of(field)) : root.path("");
    }
}
