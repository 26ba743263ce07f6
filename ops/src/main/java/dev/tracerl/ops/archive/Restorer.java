package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Partition;
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
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
     * What was restored.
     *
     * @param manifest the archive's manifest
     * @param newest the version to be forked: its result, or the newest one whose bytes are there
     */
    public record Restored(Manifest manifest, OptionalLong newest) {}

    /**
     * Restores a run.
     *
     * @param progress is told what was done, in words
     * @throws DamagedArchiveException if the archive is not what was written; then nothing was written to the broker
     * @throws BadInputException if it cannot be restored there; then nothing was written, either
     */
    public Restored restore(Path directory, RestoreOptions options, Consumer<String> progress) {
        ArchiveFolder folder = new ArchiveFolder(directory);
        Manifest manifest = new ArchiveCheck(folder).require();
        progress.accept("every file is as it was written");
        String runId = options.name().orElse(manifest.runId());
        requireKnown(manifest, runId);
        RestoreTarget target = new RestoreTarget(connection, serdes, runId, RescoredTopics.of(manifest, runId));
        RestoredFiles files = RestoredFiles.on(connection, runId, folder, manifest);
        files.requireFolder();
        try {
            target.requireFree(options.again());
            ExistingTasks tasks = ExistingTasks.read(connection, serdes);
            if (options.tasks()) {
                tasks.requireSame(folder, manifest);
            }
            files.requireFree(options.again());
            Map<Integer, Schema> schemas = ArchiveSchemas.read(folder, manifest);
            Map<Integer, Integer> ids = ArchiveSchemas.register(schemas, serdes.schemas());
            Map<String, Integer> partitions = target.create(options.groupPartitions());
            files.write(progress);
            Rewriter rewriter = new Rewriter(new Rewriter.Names(manifest.runId(), runId, files.home()), schemas, ids);
            try (LogWriter writer = new LogWriter(connection)) {
                RunWriter run = new RunWriter(writer, rewriter, runId, partitions);
                SegmentCopier copier = new SegmentCopier(folder, run, tasks, files, progress);
                return new Restored(manifest, write(manifest, runId, options.tasks(), copier));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the archive in " + directory + " cannot be restored: " + e.getMessage(), e);
        }
    }

    /** The run's own record comes last: from then on there is a run, which is over. */
    private OptionalLong write(Manifest manifest, String runId, boolean tasks, SegmentCopier copier)
            throws IOException {
        for (Partition partition : order(manifest, tasks)) {
            copier.copy(partition);
        }
        OptionalLong newest = new RunEnd(connection, serdes, runId).write(manifest.cutAt());
        for (Partition partition : manifest.partitions()) {
            if (isRun(partition)) {
                copier.copy(partition);
            }
        }
        return newest;
    }

    private static boolean isRun(Partition partition) {
        return partition.shared() && partition.topic().equals(Topics.RUNS.name());
    }

    /** Chunks before the manifests that say where they are. */
    private static List<Partition> order(Manifest manifest, boolean tasks) {
        List<String> chunks = RunTopics.of(manifest.runId()).all().stream()
                .filter(topic -> topic.valueType() == WeightChunk.class)
                .map(topic -> Cut.suffix(topic, manifest.runId()))
                .toList();
        return manifest.partitions().stream()
                .filter(partition -> !isRun(partition))
                .filter(partition -> tasks || !partition.topic().equals(Topics.TASKS.name()))
                .sorted(Comparator.comparing((Partition partition) -> !chunks.contains(partition.topic())))
                .toList();
    }

    private static void requireKnown(Manifest manifest, String runId) {
        List<String> known = Stream.concat(RunTopics.of(runId).all().stream(), RescoredTopics.of(manifest, runId))
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
}
