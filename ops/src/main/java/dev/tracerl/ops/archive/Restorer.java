package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.ops.archive.Manifest.Segment;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/**
 * Puts an archive onto a broker, after it was checked byte by byte. The record of the run is written last, so that a
 * restore that is interrupted leaves no run.
 */
public final class Restorer {

    private final Connection connection;
    private final AvroSerdes serdes;

    /** Restores to one broker. */
    public Restorer(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /**
     * Restores a run.
     *
     * @param progress is told what was done, in words
     * @return the archive's manifest
     * @throws DamagedArchiveException if the archive is not what was written; then nothing was written to the broker
     * @throws BadInputException if it cannot be restored there; then nothing was written, either
     */
    public Manifest restore(Path directory, RestoreOptions options, Consumer<String> progress) {
        ArchiveFolder folder = new ArchiveFolder(directory);
        Manifest manifest = new ArchiveCheck(folder).require();
        progress.accept("every file is as it was written");
        String runId = options.name().orElse(manifest.runId());
        requireKnown(manifest, runId);
        try {
            RestoreTarget target = new RestoreTarget(connection, serdes, runId);
            target.requireFree(options.again());
            ExistingTasks tasks = ExistingTasks.read(connection, serdes);
            if (options.tasks()) {
                tasks.requireSame(folder, manifest);
            }
            Map<Integer, Schema> schemas = ArchiveSchemas.read(folder, manifest);
            Map<Integer, Integer> ids = ArchiveSchemas.register(schemas, serdes.schemas());
            Map<String, Integer> partitions = target.create(options.groupPartitions());
            Rewriter rewriter = new Rewriter(new Rewriter.Names(manifest.runId(), runId), schemas, ids);
            try (LogWriter writer = new LogWriter(connection)) {
                RunWriter copy = new RunWriter(writer, rewriter, runId, partitions);
                for (Partition partition : order(manifest, options.tasks())) {
                    progress.accept("%s: %d records"
                            .formatted(partition.name(), copy(folder, partition, wanted(partition, tasks), copy)));
                }
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the archive in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Chunks before the manifests that say where they are, the run last. */
    private static List<Partition> order(Manifest manifest, boolean tasks) {
        List<String> chunks = RunTopics.of(manifest.runId()).all().stream()
                .filter(topic -> topic.valueType() == WeightChunk.class)
                .map(topic -> Cut.suffix(topic, manifest.runId()))
                .toList();
        return manifest.partitions().stream()
                .filter(partition -> tasks || !partition.topic().equals(Topics.TASKS.name()))
                .sorted(Comparator.comparing((Partition partition) -> !chunks.contains(partition.topic()))
                        .thenComparing(partition -> partition.topic().equals(Topics.RUNS.name())))
                .toList();
    }

    private static void requireKnown(Manifest manifest, String runId) {
        List<String> known = RunTopics.of(runId).all().stream()
                .map(topic -> Cut.suffix(topic, runId))
                .toList();
        manifest.partitions().stream()
                .filter(partition -> !partition.shared() && !known.contains(partition.topic()))
                .findFirst()
                .ifPresent(partition -> {
                    throw new BadInputException(
                            "the archive has the topic %s, which this build does not know: use a newer one"
                                    .formatted(partition.topic()));
                });
    }

    private static Predicate<ArchivedRecord> wanted(Partition partition, ExistingTasks tasks) {
        boolean holdsTasks = partition.shared() && partition.topic().equals(Topics.TASKS.name());
        return found -> !holdsTasks || !tasks.has(found.key());
    }

    private static long copy(
            ArchiveFolder folder, Partition partition, Predicate<ArchivedRecord> wanted, RunWriter writer)
            throws IOException {
        long records = 0;
        for (Segment segment : partition.segments()) {
            try (SegmentReader reader = new SegmentReader(folder, segment.file())) {
                for (ArchivedRecord next = reader.next(); next != null; next = reader.next()) {
                    if (wanted.test(next)) {
                        writer.write(partition, next);
                        records++;
                    }
                }
            }
            writer.flush();
        }
        return records;
    }
}
