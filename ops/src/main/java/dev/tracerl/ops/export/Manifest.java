package dev.tracerl.ops.export;

import dev.tracerl.schemas.avro.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an export holds. It is written after every file, so that a file counts once it is listed here.
 *
 * @param format of this record
 * @param createdAt when the run was created: a run of the same name from another broker is another run
 * @param tables the tables of this export
 * @param next for every {@code topic:partition} the offset that comes next
 * @param waiting for every {@code topic:partition} the offsets before it whose group had not ended
 * @param seen base64 of a bit per sample that was written, by its number
 * @param duplicates further copies of trajectories, which have no row
 * @param unreadable records that have no row because they cannot be decoded or are malformed
 * @param parts all files
 */
record Manifest(
        int format,
        String runId,
        String createdAt,
        SortedSet<ExportTable> tables,
        Map<String, Long> next,
        Map<String, SortedSet<Long>> waiting,
        String seen,
        long duplicates,
        long unreadable,
        List<Part> parts) {

    static final int FORMAT = 1;

    static Manifest empty(RunSpec run, SortedSet<ExportTable> tables) {
        return new Manifest(
                FORMAT,
                run.getRunId(),
                run.getCreatedAt().toString(),
                new TreeSet<>(tables),
                new TreeMap<>(),
                new TreeMap<>(),
                "",
                0,
                0,
                List.of());
    }
}
