package dev.tracerl.ops.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an archive holds: {@code manifest.json} of its folder, written anew after every segment.
 *
 * @param format version of the format
 * @param runId the run
 * @param clusterId the cluster that it was read from
 * @param cutAt when the end of every partition was taken, as an ISO date; the archive holds the log of this moment
 * @param complete whether everything is archived
 * @param partitions what was read of every partition
 * @param schemas the schemas that the records name
 * @param files the files of the weight store FILE that the records name; format 1 has none
 */
public record Manifest(
        int format,
        String runId,
        String clusterId,
        String cutAt,
        boolean complete,
        List<Partition> partitions,
        List<SchemaFile> schemas,
        List<StoredFile> files) {

    static final int FORMAT = 2;

    public Manifest {
        partitions = List.copyOf(partitions);
        schemas = List.copyOf(schemas);
        files = files == null ? List.of() : List.copyOf(files);
    }

    /**
     * A partition of a topic.
     *
     * @param topic name of the topic, without the run's prefix
     * @param shared whether the topic is shared by all runs; then only the run's records are archived
     * @param partition its number
     * @param position offset up to which the segments go
     * @param end offset at which the archive ends
     * @param segments files in the order of the offsets
     */
    public record Partition(
            String topic, boolean shared, int partition, long position, long end, List<Segment> segments) {

        public Partition {
            segments = List.copyOf(segments);
        }

        boolean isDone() {
            return position >= end;
        }

        boolean isSame(Partition other) {
            return shared == other.shared && topic.equals(other.topic) && partition == other.partition;
        }

        Partition read(long upTo, List<Segment> added) {
            List<Segment> all = new ArrayList<>(segments);
            all.addAll(added);
            return new Partition(topic, shared, partition, upTo, end, all);
        }

        /** As in {@code trajectories-3}. */
        String name() {
            return topic + "-" + partition;
        }
    }

    /**
     * A file of records.
     *
     * @param file its path in the folder
     * @param records number of records
     * @param first offset of the first one
     * @param last offset of the last one
     * @param bytes size of the file
     * @param sha256 lower-case hexadecimal SHA-256 of the file
     */
    public record Segment(String file, long records, long first, long last, long bytes, String sha256) {}

    /**
     * A schema.
     *
     * @param id id in the wire format of the archived values
     * @param name full name of the record
     * @param file its path in the folder
     * @param sha256 lower-case hexadecimal SHA-256 of the file
     */
    public record SchemaFile(int id, String name, String file, String sha256) {}

    /**
     * A file of the weight store FILE, byte for byte as a manifest of the run announced it.
     *
     * @param topic topic of the chunk that stands for it, without the run's prefix
     * @param number its version of the weights, or its step of the trainer's states
     * @param name what it is, as in {@code weights sudoku@12}
     * @param location where it was in the weight folder
     * @param bytes its size
     * @param sha256 its lower-case hexadecimal SHA-256
     * @param archived whether it is in the archive
     * @param problem why it is not; absent if the run's weight plan dropped it while the run was archived
     */
    public record StoredFile(
            String topic,
            long number,
            String name,
            String location,
            long bytes,
            String sha256,
            boolean archived,
            @Nullable String problem) {

        StoredFile copied() {
            return new StoredFile(topic, number, name, location, bytes, sha256, true, null);
        }

        StoredFile left(@Nullable String why) {
            return new StoredFile(topic, number, name, location, bytes, sha256, false, why);
        }

        /** Its path in the folder of the archive. */
        String file() {
            return "files/" + location;
        }
    }

    Manifest with(Partition changed, List<SchemaFile> known) {
        List<Partition> all = partitions.stream()
                .map(partition -> partition.isSame(changed) ? changed : partition)
                .toList();
        return new Manifest(format, runId, clusterId, cutAt, complete, all, known, files);
    }

    Manifest with(StoredFile added) {
        List<StoredFile> all = new ArrayList<>(files);
        all.add(added);
        return new Manifest(format, runId, clusterId, cutAt, complete, partitions, schemas, all);
    }

    Manifest completed() {
        return new Manifest(format, runId, clusterId, cutAt, true, partitions, schemas, files);
    }

    boolean has(StoredFile wanted) {
        return files.stream().anyMatch(file -> file.location().equals(wanted.location()));
    }

    /** The files that are in the archive. */
    public Stream<StoredFile> archivedFiles() {
        return files.stream().filter(StoredFile::archived);
    }

    /** All segments. */
    public Stream<Segment> segments() {
        return partitions.stream().flatMap(partition -> partition.segments().stream());
    }

    /** The lines of SHA256SUMS but that of the manifest: what the program sha256sum writes. */
    List<String> checksums() {
        return Stream.of(
                        schemas.stream().map(schema -> schema.sha256() + "  " + schema.file()),
                        segments().map(segment -> segment.sha256() + "  " + segment.file()),
                        archivedFiles().map(file -> file.sha256() + "  " + file.file()))
                .flatMap(lines -> lines)
                .toList();
    }
}
