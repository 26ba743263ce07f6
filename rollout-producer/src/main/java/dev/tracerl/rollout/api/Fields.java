package dev.tracerl.rollout.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.rollout.completion.Problem;
import dev.tracerl.rollout.completion.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The fields of a JSON object with their types checked; null counts as absent. */
final class Fields {

    private final ObjectNode node;
    private final String prefix;

    private Fields(ObjectNode node, String prefix) {
        this.node = node;
        this.prefix = prefix;
    }

    static Fields of(ObjectNode node) {
        return new Fields(node, "");
    }

    Optional<JsonNode> value(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    Optional<Fields> object(String name) {
        return value(name).map(value -> {
            if (value instanceof ObjectNode found) {
                return new Fields(found, prefix + name + ".");
            }
            throw wrong(name, value, "an object");
        });
    }

    Optional<String> text(String name) {
        return value(name).map(value -> {
            if (value.isTextual()) {
                return value.textValue();
            }
            throw wrong(name, value, "a string");
        });
    }

    boolean flag(String name, boolean otherwise) {
        return value(name)
                .map(value -> {
                    if (value.isBoolean()) {
                        return value.booleanValue();
                    }
                    throw wrong(name, value, "true or false");
                })
                .orElse(otherwise);
    }

    Optional<Long> integer(String name, long min, long max) {
        return value(name).map(value -> {
            boolean integral = value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong();
            if (integral && value.longValue() >= min && value.longValue() <= max) {
                return value.longValue();
            }
            throw wrong(name, value, "an integer from " + min + " to " + max);
        });
    }

    int integer(String name, int min, int max, int otherwise) {
        return integer(name, min, max).map(Long::intValue).orElse(otherwise);
    }

    double number(String name, double otherwise) {
        return value(name)
                .map(value -> {
                    if (value.isNumber()) {
                        return value.doubleValue();
                    }
                    throw wrong(name, value, "a number");
                })
                .orElse(otherwise);
    }

    /** A constant by its name, in any case. */
    <E extends Enum<E>> E constant(String name, E otherwise) {
        return text(name)
                .map(text -> Stream.of(otherwise.getDeclaringClass().getEnumConstants())
                        .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> invalid(
                                name,
                                "is '" + text + "', must be one of "
                                        + List.of(otherwise.getDeclaringClass().getEnumConstants()))))
                .orElse(otherwise);
    }

    /** Refuses fields with other names. */
    void allow(Set<String> names) {
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw invalid(
                        name,
                        "is not known; known are " + names.stream().sorted().toList());
            }
        });
    }

    RefusedException wrong(String name, JsonNode value, String expected) {
        String shown = value.toString();
        return invalid(
                name, "is " + (shown.length() > 60 ? shown.substring(0, 60) + "..." : shown) + ", must be " + expected);
    }

    RefusedException invalid(String name, String problem) {
        return new RefusedException(Problem.invalid(prefix + name, prefix + name + " " + problem));
    }
}
