package dev.tracerl.rollout.in;

import dev.tracerl.rollout.group.Receipt;
import dev.tracerl.rollout.out.DeadLetterOffice;
import dev.tracerl.rollout.sample.WorkQueue;
import dev.tracerl.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads requests on a thread of its own. While the queue is full its partitions are paused; an offset is committed when
 * every request before it is published, so that a restart repeats work but loses none.
 */
public final class RequestIntake implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestIntake.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(2);
    private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final RequestReader reader;
    private final WorkQueue queue;
    private final DeadLetterOffice deadLetters;
    private final AssignedPartitions partitions = new AssignedPartitions();
    private long lastCommit = System.nanoTime();
    private volatile boolean closed;

    /** @param consumer closed at the end of {@link #run()} */
    public RequestIntake(
            Consumer<byte[], byte[]> consumer,
            String topic,
            RequestReader reader,
            WorkQueue queue,
            DeadLetterOffice deadLetters) {
        this.consumer = consumer;
        this.topic = topic;
        this.reader = reader;
        this.queue = queue;
        this.deadLetters = deadLetters;
    }

    /** Reads until {@link #stop()}, then commits what is done. Failures of the consumer are thrown. */
    @Override
    public void run() {
        try (consumer) {
            subscribe();
            while (!closed) {
                pass();
            }
            commitNow();
        }
    }

    /** Ends {@link #run()} soon. */
    public void stop() {
        closed = true;
    }

    void subscribe() {
        consumer.subscribe(List.of(topic), new Rebalances());
    }

    /** Polls once. */
    void pass() {
        if (queue.full()) {
            consumer.pause(consumer.assignment());
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
        take(consumer.poll(POLL));
        if (System.nanoTime() - lastCommit > COMMIT_EVERY_NANOS) {
            commitLater();
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> found : records.records(partition)) {
                if (!take(partition, found)) {
                    consumer.seek(partition, found.offset());
                    break;
                }
            }
        }
    }

    /** False if the record must be read again later. */
    private boolean take(TopicPartition partition, ConsumerRecord<byte[], byte[]> found) {
        try {
            reader.read(found, () -> receipt(partition, found)).ifPresent(queue::add);
            return true;
        } catch (RegistryUnavailableException e) {
            LOG.atWarn().addKeyValue("topic", topic).log("waiting for the schema registry");
            return false;
        }
    }

    private Receipt receipt(TopicPartition partition, ConsumerRecord<byte[], byte[]> found) {
        return new RequestReceipt(partitions.track(partition, found.offset()), found, deadLetters);
    }

    private void commitLater() {
        lastCommit = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = partitions.committable();
        if (offsets.isEmpty()) {
            return;
        }
        consumer.commitAsync(offsets, (done, failure) -> {
            if (failure == null) {
                partitions.committed(done);
            } else {
                LOG.atDebug().setCause(failure).log("offsets will be committed again");
            }
        });
    }

    /** A commit that fails repeats work at the successor, nothing else. */
    private void commitNow() {
        Map<TopicPartition, OffsetAndMetadata> offsets = partitions.committable();
        try {
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, COMMIT_LIMIT);
                partitions.committed(offsets);
            }
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("offsets were not committed; some groups will be sampled again");
        }
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            LOG.atInfo().addKeyValue("partitions", added).log("partitions assigned");
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            LOG.atInfo().addKeyValue("partitions", revoked).log("partitions revoked");
            commitNow();
            partitions.revoke(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            LOG.atWarn().addKeyValue("partitions", lost).log("partitions lost");
            partitions.revoke(lost);
        }
    }
}
