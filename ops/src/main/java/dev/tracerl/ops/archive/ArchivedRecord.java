package dev.tracerl.ops.archive;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was on the log. The arrays are shared and must not be written.
 *
 * @param offset its offset
 * @param timestamp milliseconds since 1970
 * @param key key; none as the record had none
 * @param value value; none for a tombstone
 * @param headers headers in order
 */
record ArchivedRecord(
        long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<ArchivedHeader> headers) {

    /** A header of a record. */
    record ArchivedHeader(String key, byte @Nullable [] value) {}

    static ArchivedRecord of(ConsumerRecord<byte[], byte[]> found) {
        List<ArchivedHeader> headers = new ArrayList<>();
        for (Header header : found.headers()) {
            headers.add(new ArchivedHeader(header.key(), header.value()));
        }
        return new ArchivedRecord(found.offset(), found.timestamp(), found.key(), found.value(), headers);
    }
}
