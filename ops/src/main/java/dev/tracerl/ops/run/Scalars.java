package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads single values of a YAML tree as Avro values. */
final class Scalars {

    private Scalars() {}

    /** The value, or null if the node is something else. */
    static @Nullable Object read(JsonNode node, Schema schema) {
        return switch (schema.getType()) {
            case STRING -> text(node);
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
            case INT -> node.canConvertToInt() && node.isIntegralNumber() ? node.intValue() : null;
            case LONG -> whole(node, schema);
            case DOUBLE -> node.isNumber() ? (Object) node.doubleValue() : number(node.asText());
            default -> throw new IllegalArgumentException("a run file cannot hold " + schema.getType());
        };
    }

    /** Mappings and lists become JSON text, so that a model's config.json can be written inline. */
    private static @Nullable Object text(JsonNode node) {
        if (node.isContainerNode()) {
            return node.toPrettyString();
        }
        return node.isNull() ? null : node.asText();
    }

    /** YAML takes 3e-4, without a point, for a text. */
    private static @Nullable Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Object whole(JsonNode node, Schema schema) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            return null;
        }
        return schema.getLogicalType() == null ? (Object) node.longValue() : Instant.ofEpochMilli(node.longValue());
    }

    static String describe(Schema schema) {
        return switch (schema.getType()) {
            case INT, LONG -> "a whole number";
            case DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            default -> "a text";
        };
    }
}
