package dev.tracerl.schemas.client;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a compacted, single-partition topic on a thread of its own, outside of any consumer group: every process sees
 * the newest value of every key first, then every change. Undecodable records are logged and skipped; tombstones have
 * no value. What passes, such as a broker that is away, is waited for; after anything else nothing is followed any more,
 * and its owner is told.
 */
public final class TopicFollower<V extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final Deserializer<V> deserializer;
    private final TopicPartition partition;
    private final BiConsumer<String, Optional<V>> handler;
    private final Consumer<Throwable> onDeath;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts to follow.
     *
     * @param handler called on the follower's thread, in order of the offsets
     * @param onDeath called at the end of the follower's thread if it cannot go on; the process must be restarted then
     */
    public TopicFollower(
            Connection connection,
            AvroSerdes serdes,
            Topic<V> topic,
            BiConsumer<String, Optional<V>> handler,
            Consumer<Throwable> onDeath) {
        this(
                new KafkaConsumer<>(
                        connection.consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer()),
                serdes.deserializer(topic.valueType()),
                topic.name(),
                handler,
                onDeath);
    }

    TopicFollower(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            Deserializer<V> deserializer,
            String topic,
            BiConsumer<String, Optional<V>> handler,
            Consumer<Throwable> onDeath) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.partition = new TopicPartition(topic, 0);
        this.handler = handler;
        this.onDeath = onDeath;
        this.thread = new Thread(this::run, "follow-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until what was on the topic at the start has been handled. False if the time ran out. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(partition));
            while (!closed) {
                follow();
            }
        } catch (WakeupException e) {
            LOG.atDebug().addKeyValue("topic", partition.topic()).log("follower closed");
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("reason", String.valueOf(e))
                    .setCause(e)
                    .log("the topic cannot be followed any more");
            onDeath.accept(e);
        }
    }

    /** Follows from the start until the broker cannot be reached; what was seen before is then seen again. */
    private void follow() {
        try {
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            newestUpTo(end).values().forEach(this::handle);
            caughtUp.countDown();
            while (!closed) {
                consumer.poll(POLL).forEach(this::handle);
            }
        } catch (RetriableException e) {
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("reason", e.getMessage())
                    .log("waiting for the broker");
            pause();
        }
    }

    private Map<String, ConsumerRecord<String, byte[]>> newestUpTo(long end) {
        Map<String, ConsumerRecord<String, byte[]>> newest = new LinkedHashMap<>();
        while (!closed && consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(found -> newest.put(found.key(), found));
        }
        return newest;
    }

    private void handle(ConsumerRecord<String, byte[]> found) {
        if (found.value() == null) {
            handler.accept(found.key(), Optional.empty());
            return;
        }
        Decoded<V> decoded = decode(found);
        if (decoded.value().isPresent()) {
            handler.accept(found.key(), decoded.value());
        } else {
            LOG.atWarn()
                    .addKeyValue("topic", found.topic())
                    .addKeyValue("offset", found.offset())
                    .addKeyValue("reason", decoded.problem())
                    .log("skipped a record that cannot be decoded");
        }
    }

    private Decoded<V> decode(ConsumerRecord<String, byte[]> found) {
        while (true) {
            try {
                return Decoded.of(deserializer, found.topic(), found.value());
            } catch (RetriableException e) {
                LOG.atWarn().addKeyValue("topic", found.topic()).log("waiting for the schema registry");
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WakeupException();
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
