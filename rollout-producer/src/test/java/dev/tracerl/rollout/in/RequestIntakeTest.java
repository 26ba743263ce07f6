package dev.tracerl.rollout.in;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.out.DeadLetterOffice;
import dev.tracerl.rollout.out.RecordPublisher;
import dev.tracerl.rollout.sample.WorkQueue;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.RolloutRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestIntakeTest {

    private static final RunTopics TOPICS = RunTopics.of("toy");
    private static final String TOPIC = TOPICS.rolloutRequests().name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final AvroSerdes serdes = new AvroSerdes("mock://intake");
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final WorkQueue queue = new WorkQueue(2);
    private RequestIntake intake;

    @BeforeEach
    void subscribe() {
        RolloutMetrics metrics = new RolloutMetrics(new SimpleMeterRegistry(), "toy");
        RecordPublisher publisher = new RecordPublisher(producer, serdes, TOPICS, failure -> {});
        intake = new RequestIntake(
                consumer,
                TOPIC,
                new RequestReader(
                        serdes.deserializer(RolloutRequest.class),
                        new RequestDoor(
                                "toy", Specs.model(64), text -> new Prompt(text, new int[] {1}, new int[] {0}))),
                queue,
                new DeadLetterOffice(publisher, TOPICS, metrics, Clock.systemUTC()));
        intake.subscribe();
        assign(PARTITION);
    }

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
        Map<TopicPartition, Long> starts = new HashMap<>();
        List.of(partitions).forEach(partition -> starts.put(partition, 0L));
        consumer.updateBeginningOffsets(starts);
    }

    private void arrive(int... sequences) {
        for (int sequence : sequences) {
            RolloutRequest request = Specs.training("toy", sequence, "1");
            byte[] value = serdes.<RolloutRequest>serializer().serialize(TOPIC, request);
            arrive(sequence, value);
        }
    }

    private void arrive(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "key".getBytes(UTF_8), value));
    }

    private List<RolloutGroup> queued() {
        List<RolloutGroup> groups = new ArrayList<>();
        while (queue.size() > 0) {
            queue.take(group -> true).ifPresent(groups::add);
        }
        return groups;
    }

    private static void publishAll(RolloutGroup group) {
        IntStream.range(0, group.samples()).forEach(sample -> group.receipt().samplePublished());
    }

    private void passUntilCommitted(long offset) {
        await().until(() -> {
            intake.pass();
            OffsetAndMetadata committed = consumer.committed(Set.of(PARTITION)).get(PARTITION);
            return committed != null && committed.offset() == offset;
        });
    }

    @Test
    void offsetsAreCommittedUpToTheFirstGroupThatIsNotPublished() {
        // Given
        arrive(0, 1, 2);
        intake.pass();
        List<RolloutGroup> groups = queued();

        // When
        publishAll(groups.get(0));
        publishAll(groups.get(2));

        // Then
        passUntilCommitted(1);
    }

    @Test
    void nothingIsReadWhileTheQueueIsFull() {
        // Given
        arrive(0, 1);
        intake.pass();
        arrive(2);

        // When
        intake.pass();

        // Then
        assertThat(consumer.paused()).containsExactly(PARTITION);
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void readingGoesOnWhenTheQueueHasRoom() {
        // Given
        arrive(0, 1);
        intake.pass();
        intake.pass();
        queued();
        arrive(2);

        // When
        intake.pass();

        // Then
        assertThat(queued()).extracting(RolloutGroup::id).containsExactly("toy-t-000002");
    }

    @Test
    void aRecordThatIsNoRequestBecomesADeadLetterAndIsDone() {
        // Given
        arrive(0, "nonsense".getBytes(UTF_8));

        // When
        intake.pass();

        // Then
        passUntilCommitted(1);
        assertThat(producer.history()).hasSize(1);
        assertThat(producer.history().get(0).topic()).isEqualTo("toy.dead-letters");
        assertThat(producer.history().get(0).key()).isEqualTo("key".getBytes(UTF_8));
    }

    @Test
    void groupsOfARevokedPartitionKnowIt() {
        // Given
        arrive(0, 1);
        intake.pass();

        // When
        assign(new TopicPartition(TOPIC, 1));

        // Then
        assertThat(queued()).allMatch(group -> group.receipt().revoked());
    }

    @Test
    void aPartitionThatComesBackIsReadFromItsCommittedOffset() {
        // Given
        arrive(0, 1);
        intake.pass();
        publishAll(queued().get(0));
        assign(new TopicPartition(TOPIC, 1));

        // When
        assign(PARTITION);

        // Then
        assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset())
                .isEqualTo(1);
    }
}
