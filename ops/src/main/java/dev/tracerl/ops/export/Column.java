package dev.tracerl.ops.export;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.time.Instant;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of rows T: its Parquet type and how a row's value is written. Values may be absent.
 *
 * @param type name and type
 * @param writer writes a row's value, unless it is absent
 */
record Column<T>(Type type, Writer<T> writer) {

    /** Writes the value of a row. */
    interface Writer<T> {
        void write(T row, Field field);
    }

    /** Takes the value of one column of one row. */
    record Field(RecordConsumer consumer, String name, int index) {

        private void add(Runnable value) {
            consumer.startField(name, index);
            value.run();
            consumer.endField(name, index);
        }
    }

    private interface Adder<V> {
        void add(RecordConsumer consumer, V value);
    }

    static <T> Column<T> text(String name, Function<T, @Nullable String> value) {
        Type type = Types.optional(PrimitiveTypeName.BINARY).as(stringType()).named(name);
        return of(type, value, (consumer, text) -> consumer.addBinary(Binary.fromString(text)));
    }

    /** The name of an enum's value. */
    static <T> Column<T> symbol(String name, Function<T, ? extends @Nullable Enum<?>> value) {
        return text(name, row -> {
            Enum<?> symbol = value.apply(row);
            return symbol == null ? null : symbol.name();
        });
    }

    static <T> Column<T> flag(String name, Function<T, @Nullable Boolean> value) {
        Type type = Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
        return of(type, value, RecordConsumer::addBoolean);
    }

    static <T> Column<T> int32(String name, Function<T, @Nullable Integer> value) {
        Type type = Types.optional(PrimitiveTypeName.INT32).named(name);
        return of(type, value, RecordConsumer::addInteger);
    }

    static <T> Column<T> int64(String name, Function<T, @Nullable Long> value) {
        Type type = Types.optional(PrimitiveTypeName.INT64).named(name);
        return of(type, value, RecordConsumer::addLong);
    }

    static <T> Column<T> float32(String name, Function<T, @Nullable Float> value) {
        Type type = Types.optional(PrimitiveTypeName.FLOAT).named(name);
        return of(type, value, RecordConsumer::addFloat);
    }

    static <T> Column<T> float64(String name, Function<T, @Nullable Double> value) {
        Type type = Types.optional(PrimitiveTypeName.DOUBLE).named(name);
        return of(type, value, RecordConsumer::addDouble);
    }

    /** A point in time, in milliseconds. */
    static <T> Column<T> time(String name, Function<T, @Nullable Instant> value) {
        Type type = Types.optional(PrimitiveTypeName.INT64)
                .as(timestampType(true, TimeUnit.MILLIS))
                .named(name);
        return of(type, value, (consumer, time) -> consumer.addLong(time.toEpochMilli()));
    }

    private static <T, V> Column<T> of(Type type, Function<T, @Nullable V> value, Adder<V> adder) {
        return new Column<>(type, (row, field) -> {
            V found = value.apply(row);
            if (found != null) {
                field.add(() -> adder.add(field.consumer(), found));
            }
        });
    }
}
