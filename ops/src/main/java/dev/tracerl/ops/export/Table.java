package dev.tracerl.ops.export;

import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * A table of rows T.
 *
 * @param id which one
 * @param columns its columns
 */
record Table<T>(ExportTable id, List<Column<T>> columns) {

    Table {
        columns = List.copyOf(columns);
    }

    MessageType schema() {
        return new MessageType(id.id(), columns.stream().map(Column::type).toList());
    }
}
