package dev.tracerl.ops.deadletters;

import dev.tracerl.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with its number: its offset on the topic dead-letters, which stays the same when the run is archived and
 * restored.
 *
 * @param number the number
 * @param letter what was written
 */
public record Letter(long number, DeadLetter letter) {

    /** The value that could not be processed; none if there were no bytes. */
    public byte @Nullable [] value() {
        return bytes(letter.getValue());
    }

    /** The key of that record. */
    public byte @Nullable [] key() {
        return bytes(letter.getKey());
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
