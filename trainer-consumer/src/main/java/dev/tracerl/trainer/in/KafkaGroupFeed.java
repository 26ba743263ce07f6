package dev.tracerl.trainer.in;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ahead while the trainer trains: a thread polls, decodes and fills a bounded queue. No consumer group: the offset
 * belongs to the checkpoint. When its thread fails, {@link #next} throws what it failed with.
 */
public final class KafkaGroupFeed implements GroupFeed {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaGroupFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CLOSE_MILLIS = 3_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final GroupDecoder decoder;
    private final BlockingQueue<Arrival> queue;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /**
     * Starts to read.
     *
     * @param offset first offset
     * @param readAhead most records in the queue
     */
    public KafkaGroupFeed(Connection connection, GroupDecoder decoder, String runId, long offset, int readAhead) {
        this.consumer = new KafkaConsumer<>(
                connection.consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.decoder = decoder;
        this.queue = new ArrayBlockingQueue<>(readAhead);
        TopicPartition partition =
                new TopicPartition(RunTopics.of(runId).trainingGroups().name(), 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        this.thread = new Thread(this::read, "training-groups");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Optional<Arrival> next(Duration limit) throws InterruptedException {
        Arrival arrival = queue.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        Throwable cause = failure;
        if (arrival == null && cause != null) {
            throw new KafkaException("training groups cannot be read", cause);
        }
        return Optional.ofNullable(arrival);
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    put(decoder.decode(found));
                }
            }
        } catch (WakeupException e) {
            LOG.atDebug().log("feed closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void put(Arrival arrival) throws InterruptedException {
        boolean taken = false;
        while (!taken && !closed) {
            taken = queue.offer(arrival, POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
