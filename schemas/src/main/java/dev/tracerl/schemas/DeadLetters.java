package dev.tracerl.schemas;

import dev.tracerl.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes dead letters: records that could not be processed, with their origin, the reason and their bytes. */
public final class DeadLetters {

    private DeadLetters() {}

    /**
     * A dead letter for a record that was read.
     *
     * @param stage service and step that refuse it
     * @param reason what is wrong, and what to do
     */
    public static DeadLetter of(String stage, String reason, ConsumerRecord<byte[], byte[]> origin, Instant at) {
        return DeadLetter.newBuilder()
                .setStage(stage)
                .setReason(reason)
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setKey(wrap(origin.key()))
                .setValue(wrap(origin.value()))
                .setAt(at)
                .build();
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
