package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML tree as a record of any Avro schema: keys are field names, absent keys take the schema's defaults, enums
 * are read in any case, a mapping where a text is expected becomes JSON text. Collects every wrong, unknown or missing
 * key.
 */
final class YamlToAvro {

    private final GenericData records;
    private final Problems problems;

    /** @param records makes the records: generic or specific ones */
    YamlToAvro(GenericData records, Problems problems) {
        this.records = records;
        this.problems = problems;
    }

    /** The record; incomplete if problems were found. */
    IndexedRecord record(JsonNode node, Schema schema, String path) {
        IndexedRecord record = (IndexedRecord) records.newRecord(null, schema);
        if (!node.isObject()) {
            problems.add(path, "expected keys and values, found " + node);
            return record;
        }
        node.fieldNames().forEachRemaining(key -> requireKnown(key, schema, path));
        for (Schema.Field field : schema.getFields()) {
            Object value = field(node.get(field.name()), field, Problems.at(path, field.name()));
            if (value != null) {
                record.put(field.pos(), value);
            }
        }
        return record;
    }

    private void requireKnown(String key, Schema schema, String path) {
        if (schema.getField(key) == null) {
            List<String> known =
                    schema.getFields().stream().map(Schema.Field::name).toList();
            problems.add(Problems.at(path, key), "unknown key; known are " + String.join(", ", known));
        }
    }

    private @Nullable Object field(@Nullable JsonNode node, Schema.Field field, String path) {
        if (node != null) {
            return value(node, field.schema(), path);
        }
        if (field.hasDefaultValue()) {
            return records.deepCopy(field.schema(), records.getDefaultValue(field));
        }
        if (field.schema().getType() == Schema.Type.RECORD) {
            return record(JsonNodeFactory.instance.objectNode(), field.schema(), path);
        }
        problems.add(path, "missing (" + field.doc() + ")");
        return null;
    }

    /** Any value; null if there is none or it is wrong. */
    @Nullable
    Object value(JsonNode node, Schema schema, String path) {
        return switch (schema.getType()) {
            case RECORD -> record(node, schema, path);
            case ARRAY -> list(node, schema, path);
            case MAP -> map(node, schema, path);
            case UNION -> optional(node, schema, path);
            case ENUM -> symbol(node, schema, path);
            default -> scalar(node, schema, path);
        };
    }

    private List<Object> list(JsonNode node, Schema schema, String path) {
        List<Object> items = new ArrayList<>();
        if (!node.isArray()) {
            problems.add(path, "expected a list, found " + node);
        }
        for (int index = 0; index < node.size() && node.isArray(); index++) {
            Object item = value(node.get(index), schema.getElementType(), Problems.at(path, index));
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private Map<String, Object> map(JsonNode node, Schema schema, String path) {
        Map<String, Object> entries = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            Object value = value(entry.getValue(), schema.getValueType(), Problems.at(path, entry.getKey()));
            if (value != null) {
                entries.put(entry.getKey(), value);
            }
        });
        return entries;
    }

    private @Nullable Object optional(JsonNode node, Schema schema, String path) {
        if (node.isNull()) {
            return null;
        }
        Schema present = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
        return value(node, present, path);
    }

    private @Nullable Object symbol(JsonNode node, Schema schema, String path) {
        for (String symbol : schema.getEnumSymbols()) {
            if (symbol.equalsIgnoreCase(node.asText().replace('-', '_'))) {
                return records.createEnum(symbol, schema);
            }
        }
        problems.add(path, "must be one of " + String.join(", ", schema.getEnumSymbols()) + ", not " + node);
        return null;
    }

    private @Nullable Object scalar(JsonNode node, Schema schema, String path) {
        Object value = Scalars.read(node, schema);
        if (value == null) {
            problems.add(path, "expected " + Scalars.describe(schema) + ", found " + node);
        }
        return value;
    }
}
