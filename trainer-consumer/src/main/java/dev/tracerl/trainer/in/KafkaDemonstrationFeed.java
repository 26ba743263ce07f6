package dev.tracerl.trainer.in;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.DeadLetters;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.trainer.batch.DemonstrationReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Demonstrations on Kafka, without a consumer group: the position belongs to the checkpoint. */
public final class KafkaDemonstrationFeed implements DemonstrationFeed {

    private static final String STAGE = "trainer-consumer: reading a demonstration";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Trajectory> deserializer;
    private final DemonstrationReader reader;
    private final Clock clock;
    private final TopicPartition partition;
    private final Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();

    /**
     * A feed from the start of the topic.
     *
     * @param reader checks what was decoded
     */
    public KafkaDemonstrationFeed(
            Connection connection, AvroSerdes serdes, DemonstrationReader reader, String runId, Clock clock) {
        this.consumer = new KafkaConsumer<>(
                connection.consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = serdes.deserializer(Trajectory.class);
        this.reader = reader;
        this.clock = clock;
        this.partition = new TopicPartition(RunTopics.of(runId).demonstrations().name(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    @Override
    public void seek(long offset) {
        polled.clear();
        consumer.seek(partition, offset);
    }

    @Override
    public boolean atEnd() {
        if (!polled.isEmpty()) {
            return false;
        }
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        return consumer.position(partition) >= end;
    }

    @Override
    public Optional<Item> next(Duration limit) {
        if (polled.isEmpty()) {
            consumer.poll(limit).forEach(polled::add);
        }
        return Optional.ofNullable(polled.poll()).map(this::item);
    }

    private Item item(ConsumerRecord<byte[], byte[]> found) {
        Decoded<Trajectory> decoded = Decoded.of(deserializer, found.topic(), found.value());
        if (decoded.value().isEmpty()) {
            return refused(found, decoded.problem());
        }
        try {
            Trajectory trajectory = decoded.value().get();
            return new Item(
                    found.offset(),
                    trajectory.getTrajectoryId(),
                    Optional.of(reader.read(trajectory)),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            return refused(found, String.valueOf(e.getMessage()));
        }
    }

    private Item refused(ConsumerRecord<byte[], byte[]> found, String reason) {
        return new Item(
                found.offset(),
                "offset " + found.offset(),
                Optional.empty(),
                Optional.of(DeadLetters.of(STAGE, reason, found, clock.instant())));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
