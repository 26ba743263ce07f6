package dev.tracerl.ops.deadletters;

import dev.tracerl.schemas.WireRecords;
import dev.tracerl.schemas.WireSchemas;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a dead letter are, as far as that can be told.
 *
 * @param schema name of the schema that they name; empty if they name none that the registry knows
 * @param text the record as JSON; empty if the bytes are no such record
 */
public record LetterContent(String schema, String text) {

    /** Looks into the bytes. */
    public static LetterContent of(byte @Nullable [] value, WireSchemas registry) {
        OptionalInt id = WireSchemas.id(value);
        Optional<Schema> schema = id.isEmpty() ? Optional.empty() : registry.find(id.getAsInt());
        if (value == null || schema.isEmpty()) {
            return new LetterContent("", "");
        }
        String text = WireRecords.decode(schema.get(), value)
                .map(GenericRecord::toString)
                .orElse("");
        return new LetterContent(schema.get().getFullName(), text);
    }
}
