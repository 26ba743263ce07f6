package dev.tracerl.ops.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file of a table that takes rows now; it exists from its first row on. Not thread-safe. */
final class OpenPart<T> implements AutoCloseable {

    private static final long FULL_BYTES = 256L << 20;

    private final Table<T> table;
    private final ExportFolder folder;
    private int number;
    private @Nullable PartWriter<T> writer;

    /** @param number number of the file */
    OpenPart(Table<T> table, ExportFolder folder, int number) {
        this.table = table;
        this.folder = folder;
        this.number = number;
    }

    void write(T row) {
        open().write(row);
    }

    private PartWriter<T> open() {
        if (writer == null) {
            writer = new PartWriter<>(table, folder.part(table.id(), number));
        }
        return writer;
    }

    /** Whether it has as many rows as a file should have, or is large. */
    boolean isFull(long rows) {
        return writer != null && (writer.rows() >= rows || writer.bytes() >= FULL_BYTES);
    }

    /** Lets the file appear, if there is one; rows that follow are the next file's. */
    Optional<Part> publish(List<Part.Range> offsets) {
        if (writer == null) {
            return Optional.empty();
        }
        Path file = folder.part(table.id(), number);
        long bytes = writer.publish();
        Part part = new Part(table.id(), folder.name(file), writer.rows(), bytes, offsets);
        writer = null;
        number++;
        return Optional.of(part);
    }

    /** Makes the table's first file although it has no rows, so that queries find the table. */
    void openFirst() {
        if (number == 0) {
            open();
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
