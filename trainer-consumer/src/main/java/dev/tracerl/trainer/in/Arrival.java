package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.batch.ReadGroup;
import java.util.Optional;
import java.util.OptionalLong;

/** A record of the training-groups topic. */
public sealed interface Arrival {

    /** Its offset. */
    long offset();

    /**
     * A group that can be trained.
     *
     * @param offset its offset
     * @param content the group
     */
    record Trainable(long offset, ReadGroup content) implements Arrival {}

    /**
     * A record that cannot be trained.
     *
     * @param offset its offset
     * @param key its key: the id of the group
     * @param sequence the group's number, if it can be told
     * @param group the group, if it could be decoded
     * @param letter the record with what is wrong
     */
    record Unreadable(long offset, String key, OptionalLong sequence, Optional<TrainingGroup> group, DeadLetter letter)
            implements Arrival {}
}
