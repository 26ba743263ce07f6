package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.avro.RunSpec;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * One number for the settings of a run: the SHA-256 of its canonical text. Names, times and lineage do not count, and
 * neither does a field that has its default, so that a hash outlives schemas that gain fields.
 */
public final class ConfigurationHash {

    /** What a run is called and where it comes from, not what it computes. */
    private static final Set<String> IDENTITY = Set.of("runId", "createdAt", "description", "parent", "fork");

    private ConfigurationHash() {}

    /** Lower-case hexadecimal SHA-256 of the {@link #canonical} text. */
    public static String of(RunSpec run) {
        return Checksum.sha256(canonical(run).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The settings in one line that looks like JSON without spaces: keys in alphabetical order, those with their default
     * left out, doubles in hexadecimal.
     */
    static String canonical(RunSpec run) {
        return record(run, IDENTITY);
    }

    private static String record(IndexedRecord record, Set<String> without) {
        return record.getSchema().getFields().stream()
                .filter(field -> !without.contains(field.name()))
                .filter(field -> !isDefault(field, record.get(field.pos())))
                .sorted(Comparator.comparing(Schema.Field::name))
                .map(field -> text(field.name()) + ":" + value(record.get(field.pos())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static boolean isDefault(Schema.Field field, @Nullable Object value) {
        return field.hasDefaultValue()
                && Objects.equals(SpecificData.getForClass(RunSpec.class).getDefaultValue(field), value);
    }

    private static String value(@Nullable Object value) {
        if (value instanceof IndexedRecord record) {
            return record(record, Set.of());
        } else if (value instanceof List<?> list) {
            return list.stream().map(ConfigurationHash::value).collect(Collectors.joining(",", "[", "]"));
        } else if (value instanceof Double number) {
            return Double.toHexString(number); // decimal digits differ between releases of Java
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        return text(value.toString());
    }

    private static String text(String text) {
        return text.chars().mapToObj(ConfigurationHash::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int character) {
        if (character == '"' || character == '\\') {
            return "\\" + (char) character;
        }
        return character < ' ' ? String.format(Locale.ROOT, "\\u%04x", character) : String.valueOf((char) character);
    }
}
