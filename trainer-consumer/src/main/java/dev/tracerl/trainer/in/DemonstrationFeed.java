package dev.tracerl.trainer.in;

import dev.tracerl.core.pack.Demonstration;
import dev.tracerl.schemas.avro.DeadLetter;
import java.time.Duration;
import java.util.Optional;

/** The demonstrations of a run, in order of their offsets. */
public interface DemonstrationFeed extends AutoCloseable {

    /** Reads on at an offset. */
    void seek(long offset);

    /** Whether everything on the topic has been read. */
    boolean atEnd();

    /** The next record; nothing if none comes in time. */
    Optional<Item> next(Duration limit);

    @Override
    void close();

    /**
     * A record of the topic: a demonstration, or what is wrong with it.
     *
     * @param offset its offset
     * @param id the trajectory
     * @param demonstration the demonstration, if it is well-formed
     * @param letter its dead letter otherwise
     */
    record Item(long offset, String id, Optional<Demonstration> demonstration, Optional<DeadLetter> letter) {}
}
