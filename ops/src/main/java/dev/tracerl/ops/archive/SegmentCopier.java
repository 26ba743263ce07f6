package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.ops.archive.Manifest.Segment;
import dev.tracerl.schemas.Topics;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Copies archived partitions onto a run's topics.
 *
 * @param folder the archive
 * @param run writes the records
 * @param tasks tasks that are there already
 * @param files files that the records name
 * @param progress is told what was done, in words
 */
record SegmentCopier(
        ArchiveFolder folder, RunWriter run, ExistingTasks tasks, RestoredFiles files, Consumer<String> progress) {

    void copy(Partition partition) throws IOException {
        Predicate<ArchivedRecord> wanted = wanted(partition);
        long records = 0;
        for (Segment segment : partition.segments()) {
            try (SegmentReader reader = new SegmentReader(folder, segment.file())) {
                for (ArchivedRecord next = reader.next(); next != null; next = reader.next()) {
                    if (wanted.test(next)) {
                        run.write(partition, next);
                        records++;
                    }
                }
            }
            run.flush();
        }
        progress.accept("%s: %d records".formatted(partition.name(), records));
    }

    private Predicate<ArchivedRecord> wanted(Partition partition) {
        if (!partition.shared()) {
            return files.of(partition.topic());
        }
        return found -> !partition.topic().equals(Topics.TASKS.name()) || !tasks.has(found.key());
    }
}
