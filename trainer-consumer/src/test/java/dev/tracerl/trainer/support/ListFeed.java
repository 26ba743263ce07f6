package dev.tracerl.trainer.support;

import dev.tracerl.trainer.in.Arrival;
import dev.tracerl.trainer.in.GroupFeed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Records that are all there; when none is left, something happens. */
public final class ListFeed implements GroupFeed {

    private final List<Arrival> arrivals;
    private final Runnable atEnd;
    private int next;

    /**
     * A feed from an offset on.
     *
     * @param arrivals all records; their offsets are their indices
     * @param atEnd called when a record is asked for and there is none
     */
    public ListFeed(List<Arrival> arrivals, long offset, Runnable atEnd) {
        this.arrivals = arrivals;
        this.next = (int) offset;
        this.atEnd = atEnd;
    }

    @Override
    public Optional<Arrival> next(Duration limit) {
        if (next < arrivals.size()) {
            return Optional.of(arrivals.get(next++));
        }
        atEnd.run();
        return Optional.empty();
    }

    @Override
    public void close() {
        next = arrivals.size();
    }
}
