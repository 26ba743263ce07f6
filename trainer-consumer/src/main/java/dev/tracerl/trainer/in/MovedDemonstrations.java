package dev.tracerl.trainer.in;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Demonstrations at the offsets that they had first, also in a log that was restored from an archive.
 *
 * @param feed reads them where they are now
 * @param places where that is
 * @param partition their topic
 */
public record MovedDemonstrations(DemonstrationFeed feed, RecordedPlaces places, TopicPartition partition)
        implements DemonstrationFeed {

    @Override
    public void seek(long offset) {
        feed.seek(places.now(partition, offset));
    }

    @Override
    public boolean atEnd() {
        return feed.atEnd();
    }

    @Override
    public Optional<Item> next(Duration limit) {
        return feed.next(limit).map(this::first);
    }

    private Item first(Item found) {
        return new Item(places.first(partition, found.offset()), found.id(), found.demonstration(), found.letter());
    }

    @Override
    public void close() {
        feed.close();
    }
}
