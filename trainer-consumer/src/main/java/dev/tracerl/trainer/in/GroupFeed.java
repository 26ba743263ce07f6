package dev.tracerl.trainer.in;

import java.time.Duration;
import java.util.Optional;

/** The training groups in order of their offsets. */
public interface GroupFeed extends AutoCloseable {

    /** The next record; nothing if none comes in time. */
    Optional<Arrival> next(Duration limit) throws InterruptedException;

    @Override
    void close();

    /** Opens feeds. */
    interface Factory {

        /** A feed that starts at an offset. */
        GroupFeed open(long offset);
    }
}
