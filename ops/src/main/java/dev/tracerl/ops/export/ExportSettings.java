package dev.tracerl.ops.export;

import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What to export, and where to.
 *
 * @param folder takes the tables
 * @param tables the wanted ones
 * @param rowsPerFile rows after which a file is full; trajectories are not torn apart
 */
public record ExportSettings(Path folder, SortedSet<ExportTable> tables, long rowsPerFile) {

    /** Rows per file unless told otherwise. */
    public static final long DEFAULT_ROWS = 1_000_000;

    public ExportSettings {
        tables = new TreeSet<>(tables);
        if (tables.isEmpty()) {
            throw new ExportException("no table is wanted");
        }
        if (rowsPerFile < 1) {
            throw new ExportException("a file takes at least 1 row, not " + rowsPerFile);
        }
    }

    /** Settings with the usual size of files. */
    public ExportSettings(Path folder, Set<ExportTable> tables) {
        this(folder, new TreeSet<>(tables), DEFAULT_ROWS);
    }
}
