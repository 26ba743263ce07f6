package dev.tracerl.ops.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an export holds now.
 *
 * @param tables by name
 * @param waiting trajectories on the log whose group has not ended; they come with a later export
 * @param duplicates further copies of trajectories, which have no row
 * @param unreadable records that cannot be decoded or are malformed, which have no row
 */
public record ExportReport(
        String runId, String folder, Map<String, Size> tables, long waiting, long duplicates, long unreadable) {

    /**
     * Size of a table.
     *
     * @param newRows rows that this export added
     */
    public record Size(long files, long rows, long bytes, long newRows) {}

    static ExportReport of(ExportSettings settings, Manifest before, Progress progress) {
        Map<String, Size> tables = new LinkedHashMap<>();
        for (ExportTable table : settings.tables()) {
            List<Part> parts = progress.parts(table);
            long rows = rows(parts);
            long earlier = rows(before.parts().stream()
                    .filter(part -> part.table() == table)
                    .toList());
            long bytes = parts.stream().mapToLong(Part::bytes).sum();
            tables.put(table.id(), new Size(parts.size(), rows, bytes, rows - earlier));
        }
        Manifest now = progress.manifest();
        return new ExportReport(
                now.runId(),
                settings.folder().toAbsolutePath().toString(),
                tables,
                progress.waiting(),
                now.duplicates(),
                now.unreadable());
    }

    private static long rows(List<Part> parts) {
        return parts.stream().mapToLong(Part::rows).sum();
    }
}
