package dev.tracerl.ops.deadletters;

import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RecordReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the topic that letters came from says about them: the headers of the records that were refused, and which of them
 * were replayed already. A replayed record names the place of the refused one, so that it is its own receipt.
 */
final class Origins {

    /** Header of a replayed record: first place of the record that was refused, on the same topic. */
    static final String HEADER = "tracerl.replay-of";

    private final Map<OriginalPlace, Headers> headers = new HashMap<>();
    private final Set<OriginalPlace> replayed = new HashSet<>();

    private Origins() {}

    /** Reads a topic. */
    static Origins read(Connection connection, String topic, Set<OriginalPlace> refused) {
        Origins origins = new Origins();
        RecordReader.each(connection, topic, found -> origins.take(found, refused));
        return origins;
    }

    private void take(ConsumerRecord<byte[], byte[]> found, Set<OriginalPlace> refused) {
        Header receipt = found.headers().lastHeader(HEADER);
        if (receipt != null) {
            replayed.add(OriginalPlace.of(receipt));
        }
        OriginalPlace place = OriginalPlace.of(found);
        if (refused.contains(place)) {
            headers.put(place, found.headers());
        }
    }

    /** Headers of a refused record; none if the record is not there any more. */
    Optional<Headers> headers(OriginalPlace refused) {
        return Optional.ofNullable(headers.get(refused));
    }

    boolean isReplayed(OriginalPlace refused) {
        return replayed.contains(refused);
    }
}
