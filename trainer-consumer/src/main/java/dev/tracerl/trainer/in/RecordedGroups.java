package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.OffsetRange;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.ReadGroup;
import dev.tracerl.trainer.batch.ResponsePacker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The groups of recorded steps, the very records that the steps name. */
public final class RecordedGroups implements RecordedInput {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final GroupDecoder decoder;
    private final ResponsePacker packer;
    private final RecordedPlaces places;
    private final Map<Long, ConsumerRecord<byte[], byte[]>> polled = new HashMap<>(); // by offset

    /**
     * Groups of one run.
     *
     * @param places where its records are
     */
    public RecordedGroups(Connection connection, GroupDecoder decoder, ResponsePacker packer, RecordedPlaces places) {
        this.consumer = new KafkaConsumer<>(
                connection.readerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.decoder = decoder;
        this.packer = packer;
        this.places = places;
    }

    @Override
    public List<List<Example>> of(TrainStep step) {
        Map<String, ReadGroup> byId = new HashMap<>();
        for (OffsetRange range : step.getInputs()) {
            LongStream.range(range.getFrom(), range.getTo())
                    .mapToObj(offset -> read(step, new TopicPartition(range.getTopic(), range.getPartition()), offset))
                    .forEach(content -> byId.put(content.group().getGroupId(), content));
        }
        return step.getGroups().stream()
                .map(id -> require(byId.get(id), id, step).pack(packer))
                .toList();
    }

    private static ReadGroup require(@Nullable ReadGroup content, String id, TrainStep step) {
        if (content == null) {
            throw new RecordedInputException("step " + step.getStep() + " used group " + id
                    + ", but the records that it read do not hold it: " + step.getInputs());
        }
        return content;
    }

    private ReadGroup read(TrainStep step, TopicPartition partition, long offset) {
        Arrival arrival = decoder.decode(at(step, partition, places.now(partition, offset)));
        if (arrival instanceof Arrival.Unreadable unreadable) {
            throw new RecordedInputException("step " + step.getStep() + " used offset " + offset + " of "
                    + partition.topic() + ", which cannot be read: "
                    + unreadable.letter().getReason());
        }
        return ((Arrival.Trainable) arrival).content();
    }

    private ConsumerRecord<byte[], byte[]> at(TrainStep step, TopicPartition partition, long offset) {
        if (!polled.containsKey(offset)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            poll(partition);
        }
        ConsumerRecord<byte[], byte[]> found = polled.remove(offset);
        if (found == null) {
            throw new RecordedInputException("step " + step.getStep() + " used offset " + offset + " of "
                    + partition.topic() + ", which is not there any more");
        }
        return found;
    }

    private void poll(TopicPartition partition) {
        polled.clear();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (polled.isEmpty()) {
            consumer.poll(POLL).forEach(found -> polled.put(found.offset(), found));
            if (System.nanoTime() > end) {
                throw new KafkaException("no record of " + partition + " came within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
