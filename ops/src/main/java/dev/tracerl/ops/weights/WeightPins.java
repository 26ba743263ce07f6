package dev.tracerl.ops.weights;

import dev.tracerl.ops.run.Loader;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.avro.WeightPin;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.OpenTransactions;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;

/**
 * The versions of a run that are kept whatever its weight plan says. The trainer reads the pins within the transaction
 * in which it deletes bytes, after its first bytes are on the log; a pin is only reported once every transaction that was
 * open after it has ended and the bytes are still there.
 */
public final class WeightPins {

    private static final short BROKER_DEFAULT = -1;
    private static final Duration LIMIT = Duration.ofMinutes(16); // more than a transaction may take

    private final Connection connection;
    private final AvroSerdes serdes;
    private final RunWeights weights;
    private final Topic<WeightPin> topic;

    /** The pins of a run. */
    public WeightPins(RunWeights weights) {
        this.weights = weights;
        this.connection = weights.connection();
        this.serdes = weights.serdes();
        this.topic = RunTopics.of(weights.runId()).weightPins();
    }

    /** The pinned versions. */
    public SortedSet<Long> pinned() {
        SortedSet<Long> pinned = new TreeSet<>();
        TopicReader.latest(connection, serdes, topic).values().stream()
                .filter(WeightPin::getPinned)
                .forEach(pin -> pinned.add(pin.getVersion()));
        return pinned;
    }

    /**
     * Pins a version, for good.
     *
     * @throws dev.tracerl.ops.input.BadInputException if its bytes are not there; then nothing is pinned
     */
    public void pin(long version) {
        weights.requireStored(version);
        write(version, true);
        try {
            OpenTransactions.await(connection, RunTopics.of(weights.runId()).weightChunks(), LIMIT);
            weights.requireStored(version);
        } catch (RuntimeException e) {
            write(version, false);
            throw e;
        }
    }

    /** Leaves a version to the weight plan again; a run that is over deletes nothing any more. */
    public void unpin(long version) {
        write(version, false);
    }

    /** Runs of earlier releases lack the topic. */
    private void write(long version, boolean pinned) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, List.of(topic), BROKER_DEFAULT);
        }
        WeightPin pin = new WeightPin(weights.runId(), version, pinned, Instant.now());
        new Loader(connection, serdes).send(topic, Map.of(String.valueOf(version), pin));
    }
}
