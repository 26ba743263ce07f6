package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Segment;
import dev.tracerl.ops.archive.Manifest.StoredFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an archive holds, for people and programs.
 *
 * @param runId the run, as it is named in the archive
 * @param folder where it is
 * @param cutAt the moment of which it holds the log
 * @param records all records
 * @param bytes size of all segment files
 * @param schemas number of schemas
 * @param topics what there is of every topic
 * @param files number of files of the weight store FILE
 * @param fileBytes size of all of them
 * @param missing files that should be there, but could not be archived, and why
 */
public record ArchiveSummary(
        String runId,
        String folder,
        String cutAt,
        long records,
        long bytes,
        int schemas,
        List<TopicSummary> topics,
        long files,
        long fileBytes,
        List<String> missing) {

    /** What there is of a topic. */
    public record TopicSummary(String topic, int partitions, long records, long bytes) {

        private TopicSummary plus(Manifest.Partition partition) {
            return new TopicSummary(
                    topic,
                    partitions + 1,
                    records
                            + partition.segments().stream()
                                    .mapToLong(Segment::records)
                                    .sum(),
                    bytes
                            + partition.segments().stream()
                                    .mapToLong(Segment::bytes)
                                    .sum());
        }
    }

    /** The summary of an archive. */
    public static ArchiveSummary of(String folder, Manifest manifest) {
        Map<String, TopicSummary> topics = new LinkedHashMap<>();
        manifest.partitions()
                .forEach(partition -> topics.merge(
                        partition.topic(),
                        new TopicSummary(partition.topic(), 0, 0, 0).plus(partition),
                        (summary, first) -> summary.plus(partition)));
        List<TopicSummary> rows = new ArrayList<>(topics.values());
        return new ArchiveSummary(
                manifest.runId(),
                folder,
                manifest.cutAt(),
                rows.stream().mapToLong(TopicSummary::records).sum(),
                rows.stream().mapToLong(TopicSummary::bytes).sum(),
                manifest.schemas().size(),
                rows,
                manifest.archivedFiles().count(),
                manifest.archivedFiles().mapToLong(StoredFile::bytes).sum(),
                manifest.files().stream()
                        .map(StoredFile::problem)
                        .filter(Objects::nonNull)
                        .toList());
    }
}
