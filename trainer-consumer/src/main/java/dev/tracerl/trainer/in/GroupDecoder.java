package dev.tracerl.trainer.in;

import dev.tracerl.schemas.DeadLetters;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.batch.GroupReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** From the bytes of a record to a group or to a dead letter. */
public final class GroupDecoder {

    private static final String STAGE = "trainer-consumer: reading a training group";

    private static final Pattern TRAINING_GROUP = Pattern.compile(".+-t-(\\d{6,9})");

    private final Deserializer<TrainingGroup> deserializer;
    private final GroupReader reader;
    private final Clock clock;

    /**
     * A decoder.
     *
     * @param reader checks what was decoded
     */
    public GroupDecoder(Deserializer<TrainingGroup> deserializer, GroupReader reader, Clock clock) {
        this.deserializer = deserializer;
        this.reader = reader;
        this.clock = clock;
    }

    Arrival decode(ConsumerRecord<byte[], byte[]> found) {
        Decoded<TrainingGroup> decoded = Decoded.of(deserializer, found.topic(), found.value());
        if (decoded.value().isEmpty()) {
            return unreadable(found, Optional.empty(), decoded.problem());
        }
        try {
            return new Arrival.Trainable(
                    found.offset(), reader.read(decoded.value().get()));
        } catch (IllegalArgumentException e) {
            return unreadable(found, decoded.value(), String.valueOf(e.getMessage()));
        }
    }

    private Arrival unreadable(ConsumerRecord<byte[], byte[]> found, Optional<TrainingGroup> group, String reason) {
        String key = found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8);
        return new Arrival.Unreadable(
                found.offset(), key, sequence(key), group, DeadLetters.of(STAGE, reason, found, clock.instant()));
    }

    /** The number in a key such as sudoku-t-000017. */
    private static OptionalLong sequence(String key) {
        Matcher matcher = TRAINING_GROUP.matcher(key);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
