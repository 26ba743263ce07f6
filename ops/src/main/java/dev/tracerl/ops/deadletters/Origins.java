package dev.tracerl.ops.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * What the topic that letters came from says about them: the headers of the records that were refused, and which letters
 * were replayed already. A replayed record carries the number of its letter, so that the record is its own receipt.
 */
final class Origins {

    /** Header of a replayed record: number of its dead letter. */
    static final String HEADER = "tracerl.dead-letter";

    private final Map<OriginalPlace, Headers> headers = new HashMap<>();
    private final Set<Long> replayed = new HashSet<>();

    private Origins() {}

    /** Reads a topic. */
    static Origins read(Connection connection, String topic, Set<OriginalPlace> refused) {
        Origins origins = new Origins();
        RecordReader.each(connection, topic, found -> origins.take(found, refused));
        return origins;
    }

    private void take(ConsumerRecord<byte[], byte[]> found, Set<OriginalPlace> refused) {
        Header letter = found.headers().lastHeader(HEADER);
        if (letter != null) {
            replayed.add(Long.parseLong(new String(letter.value(), UTF_8)));
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

    boolean isReplayed(long letter) {
        return replayed.contains(letter);
    }
}
