package dev.tracerl.rollout.in;

import dev.tracerl.rollout.group.Receipt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.out.RecordPublisher;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.avro.RolloutRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** From raw records to groups. What is no request, or one that cannot be sampled, becomes a dead letter. */
public final class RequestReader {

    private final Deserializer<RolloutRequest> deserializer;
    private final RequestDoor door;

    public RequestReader(Deserializer<RolloutRequest> deserializer, RequestDoor door) {
        this.deserializer = deserializer;
        this.door = door;
    }

    /**
     * The group of a record; empty if it was refused.
     *
     * @param receipt called once the record needs a receipt
     * @throws dev.tracerl.schemas.RegistryUnavailableException if the record must be read again later
     */
    Optional<RolloutGroup> read(ConsumerRecord<byte[], byte[]> found, Supplier<Receipt> receipt) {
        Decoded<RolloutRequest> decoded = Decoded.of(deserializer, found.topic(), found.value());
        Receipt tracked = receipt.get();
        if (decoded.value().isEmpty()) {
            tracked.refuse(decoded.problem());
            return Optional.empty();
        }
        try {
            return Optional.of(door.admit(decoded.value().get(), traceparent(found), tracked));
        } catch (IllegalArgumentException e) {
            tracked.refuse(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static byte @Nullable [] traceparent(ConsumerRecord<byte[], byte[]> found) {
        Header header = found.headers().lastHeader(RecordPublisher.TRACEPARENT);
        return header == null ? null : header.value();
    }
}
