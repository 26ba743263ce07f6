package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Writes a record as the tree of which {@link YamlToAvro} makes the same record again. */
public final class SpecTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SpecTree() {}

    /** The tree; what is absent in the record is absent in it. */
    public static ObjectNode of(IndexedRecord record) {
        ObjectNode tree = NODES.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                tree.set(field.name(), node(value));
            }
        }
        return tree;
    }

    private static JsonNode node(Object value) {
        if (value instanceof IndexedRecord record) {
            return of(record);
        } else if (value instanceof List<?> list) {
            ArrayNode items = NODES.arrayNode();
            list.forEach(item -> items.add(node(item)));
            return items;
        }
        return scalar(value);
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        } else if (value instanceof Double number) {
            return NODES.numberNode(number);
        } else if (value instanceof Integer || value instanceof Long) {
            return NODES.numberNode(((Number) value).longValue());
        } else if (value instanceof Instant time) {
            return NODES.numberNode(time.toEpochMilli());
        }
        return NODES.textNode(value.toString());
    }
}
