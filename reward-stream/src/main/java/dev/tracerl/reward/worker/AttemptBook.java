package dev.tracerl.reward.worker;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often a record was begun, by any worker, in the metadata of the group's committed offset: it survives the
 * worker that a record ends.
 *
 * <pre>
 *   begin: commit the record's own offset, "attempt n"    done: commit the next offset
 * </pre>
 */
record AttemptBook(Consumer<byte[], byte[]> consumer) {

    private static final String PREFIX = "attempt ";

    /** Begins a record. Returns which attempt this is, from 1. */
    int begin(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = partition(record);
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        int attempt = before(record, committed) + 1;
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset(), PREFIX + attempt)));
        return attempt;
    }

    /** The record needs nobody any more. */
    void done(ConsumerRecord<byte[], byte[]> record) {
        consumer.commitSync(Map.of(partition(record), new OffsetAndMetadata(record.offset() + 1)));
    }

    /** Reads a record once more that this worker could not finish, if the partition is still its own. */
    void again(ConsumerRecord<byte[], byte[]> record) {
        if (consumer.assignment().contains(partition(record))) {
            consumer.seek(partition(record), record.offset());
        }
    }

    private static int before(ConsumerRecord<byte[], byte[]> record, @Nullable OffsetAndMetadata committed) {
        if (committed == null
                || committed.offset() != record.offset()
                || !committed.metadata().startsWith(PREFIX)) {
            return 0;
        }
        return Integer.parseInt(committed.metadata().substring(PREFIX.length()));
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
