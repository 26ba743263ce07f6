package dev.tracerl.ops.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
 */
public record Manifest(
        int format,
        String runId,
        String clusterId,
        String cutAt,
        boolean complete,
        List<Partition> partitions,
        List<SchemaFile> schemas) {

    static final int FORMAT = 1;

    public Manifest {
        partitions = List.copyOf(partitions);
        schemas = List.copyOf(schemas);
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

    Manifest with(Partition changed, List<SchemaFile> known) {
        List<Partition> all = partitions.stream()
                .map(partition -> partition.isSame(changed) ? changed : partition)
                .toList();
        return new Manifest(format, runId, clusterId, cutAt, complete, all, known);
    }

    Manifest completed() {
        return new Manifest(format, runId, clusterId, cutAt, true, partitions, schemas);
    }

    /** All segments. */
    Stream<Segment> segments() {
        return partitions.stream().flatMap(partition -> partition.segments().stream());
    }

    /** The lines of SHA256SUMS but that of the manifest: what the program sha256sum writes. */
    List<String> checksums() {
        return Stream.concat(
                        schemas.stream().map(schema -> schema.sha256() + "  " + schema.file()),
                        segments().map(segment -> segment.sha256() + "  " + segment.file()))
                .toList();
    }
}
