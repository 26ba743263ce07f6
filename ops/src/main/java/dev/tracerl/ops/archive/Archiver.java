package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.ops.archive.Manifest.StoredFile;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Copies a run's log into a folder. A copy that was interrupted goes on where it was, up to the same end. */
public final class Archiver {

    private static final long SEGMENT_BYTES = 64L * 1024 * 1024;
    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    private final Connection connection;
    private final AvroSerdes serdes;
    private final long segmentBytes;

    /** Archives from one broker. */
    public Archiver(Connection connection, AvroSerdes serdes) {
        this(connection, serdes, SEGMENT_BYTES);
    }

    /** @param segmentBytes size of the segment files before compression, about */
    Archiver(Connection connection, AvroSerdes serdes, long segmentBytes) {
        this.connection = connection;
        this.serdes = serdes;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Archives a run that exists.
     *
     * @param progress is told what was done, in words
     * @throws BadInputException if the folder holds something else, or the files of the run's weights are not to be seen
     */
    public Manifest archive(RunSpec run, Path directory, Consumer<String> progress) {
        ArchiveFolder folder = new ArchiveFolder(directory);
        StoredFileCopier.requireFolder(connection, serdes, run);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Manifest manifest = begin(run.getRunId(), folder, consumer);
            return manifest.complete()
                    ? manifest
                    : complete(folder, copy(run, folder, manifest, consumer, progress), progress);
        } catch (IOException e) {
            throw new UncheckedIOException("the archive in " + directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Manifest begin(String runId, ArchiveFolder folder, KafkaConsumer<?, ?> consumer) throws IOException {
        String cluster = Cluster.id(connection);
        Optional<Manifest> earlier = folder.manifest();
        if (earlier.isPresent()) {
            requireSame(earlier.get(), runId, cluster, folder);
            return earlier.get();
        }
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        List<Partition> partitions = new Cut(consumer).of(runId, RescoredTopics.of(connection, serdes, runId));
        Manifest manifest = new Manifest(Manifest.FORMAT, runId, cluster, now, false, partitions, List.of(), List.of());
        folder.write(manifest);
        return manifest;
    }

    private static void requireSame(Manifest earlier, String runId, String cluster, ArchiveFolder folder) {
        if (earlier.format() != Manifest.FORMAT
                || !earlier.runId().equals(runId)
                || !earlier.clusterId().equals(cluster)) {
            throw new BadInputException("%s holds an archive of run %s on cluster %s: choose another folder"
                    .formatted(folder.root(), earlier.runId(), earlier.clusterId()));
        }
    }

    private Manifest copy(
            RunSpec run,
            ArchiveFolder folder,
            Manifest begun,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<String> progress)
            throws IOException {
        SchemaShelf shelf = new SchemaShelf(folder, serdes.schemas(), begun.schemas());
        PartitionCopier copier = new PartitionCopier(folder, consumer, shelf, segmentBytes);
        RunRecords ours = RunRecords.of(run);
        Manifest manifest = begun;
        for (Partition partition : begun.partitions()) {
            Partition state = partition;
            while (!state.isDone()) {
                state = copier.next(run.getRunId(), state, ours.filter(state));
                manifest = manifest.with(state, shelf.files());
                folder.write(manifest);
            }
            progress.accept("%s: %d records"
                    .formatted(
                            state.name(),
                            state.segments().stream()
                                    .mapToLong(Manifest.Segment::records)
                                    .sum()));
        }
        return manifest;
    }

    /** The files that the records name come last. */
    private Manifest complete(ArchiveFolder folder, Manifest records, Consumer<String> progress) throws IOException {
        StoredFileCopier copier = new StoredFileCopier(folder, connection, records.runId());
        Manifest manifest = records;
        for (StoredFile wanted : StoredFiles.of(folder, records)) {
            if (!manifest.has(wanted)) {
                StoredFile copied = copier.copy(wanted);
                manifest = manifest.with(copied);
                folder.write(manifest);
                progress.accept(copied.name() + ": " + (copied.archived() ? copied.bytes() + " bytes" : "left out"));
            }
        }
        Manifest complete = manifest.completed();
        folder.write(complete);
        return complete;
    }

    /** Few bytes at a time: the memory of this process is bounded, a larger record still comes. */
    private Map<String, Object> settings() {
        Map<String, Object> settings = connection.readerSettings();
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return settings;
    }
}
