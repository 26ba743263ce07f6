package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Partition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Copies partitions segment by segment; what was aborted is not seen by its consumer. Not thread-safe. */
final class PartitionCopier {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ArchiveFolder folder;
    private final Consumer<byte[], byte[]> consumer;
    private final SchemaShelf shelf;
    private final long segmentBytes;

    PartitionCopier(ArchiveFolder folder, Consumer<byte[], byte[]> consumer, SchemaShelf shelf, long segmentBytes) {
        this.folder = folder;
        this.consumer = consumer;
        this.shelf = shelf;
        this.segmentBytes = segmentBytes;
    }

    /** Writes the next segment of a partition and returns how far it is then. */
    Partition next(String runId, Partition state, Predicate<ArchivedRecord> wanted) throws IOException {
        String topic = state.shared() ? state.topic() : runId + "." + state.topic();
        TopicPartition source = new TopicPartition(topic, state.partition());
        consumer.assign(List.of(source));
        consumer.seek(source, state.position());
        long position = state.position();
        Segments segments = new Segments(state);
        try (segments) {
            while (position < state.end() && segments.size() < segmentBytes) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    if (found.offset() >= state.end() || segments.size() >= segmentBytes) {
                        break;
                    }
                    segments.take(ArchivedRecord.of(found), wanted);
                    position = found.offset() + 1;
                }
                if (segments.size() < segmentBytes) {
                    position = Math.max(position, Math.min(consumer.position(source), state.end()));
                }
            }
            return state.read(position, segments.finish());
        }
    }

    /** At most one segment: it begins with its first record. */
    private final class Segments implements AutoCloseable {

        private final Partition state;
        private @Nullable SegmentWriter writer;

        Segments(Partition state) {
            this.state = state;
        }

        void take(ArchivedRecord found, Predicate<ArchivedRecord> wanted) throws IOException {
            if (!wanted.test(found)) {
                return;
            }
            if (writer == null) {
                writer = new SegmentWriter(folder, file(found.offset()), found.offset());
            }
            writer.write(found);
            shelf.note(found.value());
        }

        long size() {
            return writer == null ? 0 : writer.size();
        }

        List<Manifest.Segment> finish() throws IOException {
            return writer == null ? List.of() : List.of(writer.finish());
        }

        private String file(long offset) {
            return String.format(
                    Locale.ROOT,
                    "%s/%s/%d/%020d.gz",
                    state.shared() ? "shared" : "run",
                    state.topic(),
                    state.partition(),
                    offset);
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
