package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.OffsetRange;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.client.Connection;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whether the records that steps used are still on the log. */
public final class RecordedOffsets {

    private RecordedOffsets() {}

    /**
     * Looks before anything is trained.
     *
     * @throws RecordedInputException naming the first step whose records are gone
     */
    public static void require(Connection connection, Collection<TrainStep> steps) {
        Set<TopicPartition> partitions = steps.stream()
                .flatMap(step -> step.getInputs().stream())
                .map(RecordedOffsets::partition)
                .collect(Collectors.toSet());
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            partitions.forEach(partition -> requireTopic(consumer, partition));
            consumer.assign(partitions);
            Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            for (TrainStep step : steps) {
                step.getInputs().forEach(range -> require(step, range, begin, end));
            }
        }
    }

    private static void requireTopic(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        if (consumer.partitionsFor(partition.topic()).isEmpty()) {
            throw new RecordedInputException("the topic " + partition.topic()
                    + ", which the steps were trained from, does not exist; restore it from an archive of the run");
        }
    }

    private static void require(
            TrainStep step, OffsetRange range, Map<TopicPartition, Long> begin, Map<TopicPartition, Long> end) {
        long first = begin.getOrDefault(partition(range), 0L);
        long last = end.getOrDefault(partition(range), 0L);
        if (range.getFrom() < first || range.getTo() > last) {
            throw new RecordedInputException("step " + step.getStep() + " used offsets " + range.getFrom() + " to "
                    + (range.getTo() - 1) + " of " + range.getTopic() + ", but the log has only " + first + " to "
                    + (last - 1) + ": records were deleted; replay later steps, or restore an archive of the run");
        }
    }

    private static TopicPartition partition(OffsetRange range) {
        return new TopicPartition(range.getTopic(), range.getPartition());
    }
}
