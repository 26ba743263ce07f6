package dev.tracerl.trainer.out;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.avro.WeightPin;
import dev.tracerl.schemas.client.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * The versions that users keep, whatever the weight plan says. To be asked within the transaction that deletes bytes,
 * after its first bytes were written: whoever pins waits for transactions that are open, and then looks.
 */
final class PinnedVersions implements AutoCloseable {

    private static final short BROKER_DEFAULT = -1;

    private final Connection connection;
    private final AvroSerdes serdes;
    private final Topic<WeightPin> topic;
    private final Set<Long> pinned = new HashSet<>();
    private @Nullable TopicTail<WeightPin> tail;

    PinnedVersions(Connection connection, AvroSerdes serdes, Topic<WeightPin> topic) {
        this.connection = connection;
        this.serdes = serdes;
        this.topic = topic;
    }

    /** Those that are pinned now. */
    Set<Long> now() {
        for (WeightPin pin : tail().poll()) {
            if (pin.getPinned()) {
                pinned.add(pin.getVersion());
            } else {
                pinned.remove(pin.getVersion());
            }
        }
        return Set.copyOf(pinned);
    }

    /** Runs of earlier releases lack the topic. */
    private TopicTail<WeightPin> tail() {
        if (tail == null) {
            try (Admin admin = Admin.create(connection.clientSettings())) {
                TopicCreator.create(admin, List.of(topic), BROKER_DEFAULT);
            }
            tail = new TopicTail<>(connection, serdes, topic);
        }
        return tail;
    }

    @Override
    public void close() {
        if (tail != null) {
            tail.close();
        }
    }
}
