package dev.tracerl.ops.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a table column by column. */
final class RowSupport<T> extends WriteSupport<T> {

    private final Table<T> table;
    private final List<Column.Field> fields = new ArrayList<>();
    private @Nullable RecordConsumer consumer;

    RowSupport(Table<T> table) {
        this.table = table;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the library, which calls the one below
    public WriteContext init(Configuration hadoop) {
        throw new UnsupportedOperationException("this export runs without Hadoop");
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(table.schema(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
        for (Column<T> column : table.columns()) {
            fields.add(new Column.Field(recordConsumer, column.type().getName(), fields.size()));
        }
    }

    @Override
    public void write(T row) {
        RecordConsumer consumer = Objects.requireNonNull(this.consumer, "prepareForWrite comes first");
        consumer.startMessage();
        for (int i = 0; i < fields.size(); i++) {
            table.columns().get(i).writer().write(row, fields.get(i));
        }
        consumer.endMessage();
    }
}
