package dev.tracerl.trainer.in;

import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.avro.OffsetRange;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where the records are that steps used: at the offsets that the steps name, or, in a log that was restored from an archive,
 * wherever they are now, see {@link OriginalPlace}.
 */
public final class RecordedPlaces {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<TopicPartition, Moves> moved; // absent if nothing moved

    private RecordedPlaces(Map<TopicPartition, Moves> moved) {
        this.moved = moved;
    }

    /**
     * Where the records of a restored partition went.
     *
     * @param now offset by first offset
     * @param first the other way round
     */
    private record Moves(NavigableMap<Long, Long> now, Map<Long, Long> first) {}

    /**
     * Finds the records, before anything is trained.
     *
     * @throws RecordedInputException naming the first step whose records are gone
     */
    public static RecordedPlaces of(Connection connection, Collection<TrainStep> steps) {
        Set<TopicPartition> partitions = steps.stream()
                .flatMap(step -> step.getInputs().stream())
                .map(RecordedPlaces::partition)
                .collect(Collectors.toSet());
        Map<TopicPartition, Moves> moved = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.readerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (TopicPartition partition : partitions) {
                requireTopic(consumer, partition);
                consumer.assign(List.of(partition));
                if (isRestored(consumer, partition)) {
                    Moves moves = moves(consumer, partition);
                    requireMoved(steps, partition, moves.now());
                    moved.put(partition, moves);
                } else {
                    requireOffsets(consumer, steps, partition);
                }
            }
        }
        return new RecordedPlaces(moved);
    }

    /** Where a record is that was written first at an offset, or the next one if there was none. */
    long now(TopicPartition partition, long first) {
        Moves moves = moved.get(partition);
        if (moves == null) {
            return first;
        }
        Map.Entry<Long, Long> next = moves.now().ceilingEntry(first);
        return next == null ? moves.now().lastEntry().getValue() + 1 : next.getValue();
    }

    /** Where a record was written first that is at an offset. */
    long first(TopicPartition partition, long now) {
        Moves moves = moved.get(partition);
        return moves == null ? now : moves.first().getOrDefault(now, now);
    }

    private static void requireTopic(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        if (consumer.partitionsFor(partition.topic()).isEmpty()) {
            throw new RecordedInputException("the topic " + partition.topic()
                    + ", which the steps were trained from, does not exist; restore it from an archive of the run");
        }
    }

    private static boolean isRestored(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        consumer.seekToBeginning(List.of(partition));
        long end = end(consumer, partition);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                return found.headers().lastHeader(OriginalPlace.HEADER) != null;
            }
        }
        return false;
    }

    private static Moves moves(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        Moves moves = new Moves(new TreeMap<>(), new HashMap<>());
        consumer.seekToBeginning(List.of(partition));
        long end = end(consumer, partition);
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(found -> {
                long first = OriginalPlace.of(found).offset();
                moves.now().put(first, found.offset());
                moves.first().put(found.offset(), first);
            });
        }
        return moves;
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private static void requireMoved(Collection<TrainStep> steps, TopicPartition partition, Map<Long, Long> places) {
        for (TrainStep step : steps) {
            step.getInputs().stream()
                    .filter(range -> partition(range).equals(partition))
                    .flatMapToLong(range -> LongStream.range(range.getFrom(), range.getTo()))
                    .filter(first -> !places.containsKey(first))
                    .findFirst()
                    .ifPresent(first -> {
                        throw new RecordedInputException("step " + step.getStep() + " used offset " + first + " of "
                                + partition.topic() + ", which the archive did not hold that it was restored from");
                    });
        }
    }

    private static void requireOffsets(
            KafkaConsumer<byte[], byte[]> consumer, Collection<TrainStep> steps, TopicPartition partition) {
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = end(consumer, partition);
        for (TrainStep step : steps) {
            step.getInputs().stream()
                    .filter(range -> partition(range).equals(partition))
                    .filter(range -> range.getFrom() < begin || range.getTo() > end)
                    .findFirst()
                    .ifPresent(range -> {
                        throw new RecordedInputException("step " + step.getStep() + " used offsets " + range.getFrom()
                                + " to " + (range.getTo() - 1) + " of " + range.getTopic() + ", but the log has only "
                                + begin + " to " + (end - 1)
                                + ": records were deleted; replay later steps, or restore an archive of the run");
                    });
        }
    }

    private static TopicPartition partition(OffsetRange range) {
        return new TopicPartition(range.getTopic(), range.getPartition());
    }
}
