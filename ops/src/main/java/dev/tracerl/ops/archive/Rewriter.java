package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.schemas.WireRecords;
import dev.tracerl.schemas.WireSchemas;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.OffsetRange;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.Stray;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes archived keys and values those of the restored run. What happened keeps its ids (groups, trajectories, tasks,
 * versions, original offsets); what says where things are now changes: schema ids, the run's name in keys, in the
 * fields {@code runId} and {@code modelId} and in topic names, and the place of weight chunks and files. A value that names
 * no archived schema stays as it is.
 */
final class Rewriter {

    private static final List<String> RUN_FIELDS = List.of("runId", "modelId");

    /** Where the bytes of a version are. */
    private static final String LOCATION = "location";

    private static final String STORE = "store";

    private final Names names;
    private final Map<Integer, Schema> schemas;
    private final Map<Integer, Integer> ids;

    /**
     * The run's name.
     *
     * @param from in the archive
     * @param to on the broker
     * @param home folder of its files in the weight folder there
     */
    record Names(String from, String to, String home) {

        boolean differ() {
            return !from.equals(to);
        }

        String topic(String name) {
            return name.startsWith(from + ".") ? to + name.substring(from.length()) : name;
        }
    }

    /**
     * A rewriter for one run.
     *
     * @param schemas schema by archived id
     * @param ids id in the new registry by archived id
     */
    Rewriter(Names names, Map<Integer, Schema> schemas, Map<Integer, Integer> ids) {
        this.names = names;
        this.schemas = schemas;
        this.ids = ids;
    }

    byte @Nullable [] key(byte @Nullable [] key) {
        return key != null && new String(key, UTF_8).equals(names.from())
                ? names.to().getBytes(UTF_8)
                : key;
    }

    /** @param places new place of chunks by the archived one, as in {@code 0:1234}; of those that the value may name */
    byte @Nullable [] value(byte @Nullable [] value, Map<String, String> places) {
        OptionalInt id = WireSchemas.id(value);
        if (value == null || id.isEmpty()) {
            return value;
        }
        Schema schema = schemas.get(id.getAsInt());
        Integer newId = ids.get(id.getAsInt());
        if (schema == null || newId == null) {
            return value;
        }
        if (!mustChange(schema)) {
            return WireSchemas.withId(value, newId);
        }
        Optional<GenericRecord> record = WireRecords.decode(schema, value);
        record.ifPresent(found -> change(found, places));
        return record.isPresent() ? WireRecords.encode(newId, record.get()) : WireSchemas.withId(value, newId);
    }

    private boolean mustChange(Schema schema) {
        return names.differ() || is(schema, DeadLetter.class) || schema.getField(LOCATION) != null;
    }

    private void change(GenericRecord record, Map<String, String> places) {
        RUN_FIELDS.forEach(field -> renameRun(record, field));
        renameInputs(record);
        if (is(record.getSchema(), DeadLetter.class)) {
            changeLetter(record);
        }
        if (is(record.getSchema(), Stray.class)) {
            record.put("topic", names.topic(String.valueOf(record.get("topic"))));
        }
        if (record.hasField(LOCATION)) {
            String place = String.valueOf(record.get(LOCATION));
            boolean inFile = StoreKind.FILE.name().equals(String.valueOf(record.get(STORE)));
            record.put(LOCATION, inFile ? moved(place, names.home()) : places.getOrDefault(place, place));
        }
    }

    /** Location of a file, which names a folder of its run first, in another folder. */
    static String moved(String location, String home) {
        return home + location.substring(Math.max(0, location.indexOf('/')));
    }

    private void renameRun(GenericRecord record, String field) {
        if (record.hasField(field) && names.from().equals(String.valueOf(record.get(field)))) {
            record.put(field, names.to());
        }
    }

    /** Train-steps name the topics that they read; the offsets stay the original ones. */
    private void renameInputs(GenericRecord record) {
        if (record.hasField("inputs") && record.get("inputs") instanceof List<?> inputs) {
            inputs.stream()
                    .filter(GenericRecord.class::isInstance)
                    .map(GenericRecord.class::cast)
                    .filter(input -> is(input.getSchema(), OffsetRange.class))
                    .forEach(input -> input.put("topic", names.topic(String.valueOf(input.get("topic")))));
        }
    }

    /** The record within it is rewritten, too, so that it can be replayed here. */
    private void changeLetter(GenericRecord letter) {
        letter.put("topic", names.topic(String.valueOf(letter.get("topic"))));
        if (letter.get("key") instanceof ByteBuffer key) {
            letter.put("key", wrap(key(WireRecords.bytes(key))));
        }
        if (letter.get("value") instanceof ByteBuffer value) {
            letter.put("value", wrap(value(WireRecords.bytes(value), Map.of())));
        }
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static boolean is(Schema schema, Class<?> type) {
        return schema.getFullName().equals(type.getName());
    }
}
