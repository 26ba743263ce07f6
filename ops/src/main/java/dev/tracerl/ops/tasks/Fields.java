package dev.tracerl.ops.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The fields of an entry.
 *
 * @param node an object
 */
record Fields(JsonNode node) {

    /** The first of several fields that is there, as text; throws {@link BadTaskException} if it is a list or an object. */
    Optional<String> text(String... names) {
        return List.of(names).stream()
                .filter(node::hasNonNull)
                .map(this::scalar)
                .findFirst();
    }

    private String scalar(String name) {
        JsonNode value = node.get(name);
        if (!value.isValueNode()) {
            String form = value.isArray() ? "a list" : "an object";
            throw new BadTaskException("field " + name + " is " + form + ", must be a text, a number or a truth value");
        }
        return value.asText();
    }

    /** The same, of which one must be there. */
    String required(String... names) {
        return text(names)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadTaskException("has no field " + String.join(" or ", names)));
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** A list of texts. */
    List<String> list(String name) {
        JsonNode list = node.path(name);
        if (!list.isArray() || list.isEmpty()) {
            throw new BadTaskException("field " + name + " must be a list of at least one text");
        }
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.isValueNode() ? item.asText() : item.toString())
                .toList();
    }
}
