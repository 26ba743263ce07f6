package dev.tracerl.schemas.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Assignment;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {

    private static final long LIMIT_SECONDS = 30;
    private static final String TOPIC = "assignments";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> deaths = new LinkedBlockingQueue<>();

    @Test
    void aFollowerThatMayNotReadAnyMoreTellsItsOwner() throws Exception {
        // Given
        onPoll(() -> consumer.addRecord(record(0, "first")));
        onPoll(() -> consumer.setPollException(new TopicAuthorizationException("no access to " + TOPIC)));

        // When
        try (TopicFollower<Assignment> follower = follow()) {
            assertThat(follower).isNotNull();

            // Then
            assertThat(deaths.poll(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(TopicAuthorizationException.class)
                    .hasMessageContaining("no access to assignments");
        }
        assertThat(handled).containsExactly("first");
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aFollowerWhoseHandlerRunsOutOfMemoryTellsItsOwner() throws Exception {
        // Given
        onPoll(() -> consumer.addRecord(record(0, "too large")));

        // When
        try (TopicFollower<Assignment> follower = follow()) {
            assertThat(follower).isNotNull();

            // Then
            assertThat(deaths.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void aBrokerThatIsAwayIsWaitedFor() throws Exception {
        // Given
        onPoll(() -> consumer.setPollException(new TimeoutException("the broker is away")));
        onPoll(() -> consumer.addRecord(record(0, "back")));

        // When
        try (TopicFollower<Assignment> follower = follow()) {
            assertThat(follower).isNotNull();

            // Then
            assertThat(handled.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("back");
        }
        assertThat(deaths).isEmpty();
    }

    private TopicFollower<Assignment> follow() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        Deserializer<Assignment> none = (topic, bytes) -> {
            throw new KafkaException("only tombstones are read here");
        };
        return new TopicFollower<>(
                consumer,
                none,
                TOPIC,
                (key, value) -> {
                    if (key.equals("too large")) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    handled.add(key);
                },
                deaths::add);
    }

    private void onPoll(Runnable event) {
        consumer.schedulePollTask(event);
    }

    private static ConsumerRecord<String, byte[]> record(long offset, String key) {
        return new ConsumerRecord<>(TOPIC, 0, offset, key, null);
    }
}
