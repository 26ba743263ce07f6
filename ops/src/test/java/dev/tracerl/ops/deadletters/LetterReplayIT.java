package dev.tracerl.ops.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.follow.Records;
import dev.tracerl.schemas.DeadLetters;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.WireSchemas;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RecordReader;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Letters on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterReplayIT {

    private EmbeddedKafka kafka;

    @BeforeAll
    void start() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    /** The cause: the record names a schema that the registry does not know yet. */
    @Test
    void aLetterIsProcessedAfterItsCauseIsGone() throws Exception {
        // Given
        RunTopics topics = topics("cause");
        byte[] value = WireSchemas.withId(step("elsewhere"), 2);
        refuse("cause", value);
        List<Optional<TrainStep>> before = steps("cause");
        int id = on("cause").serdes().schemas().register(TrainStep.getClassSchema());

        // When
        List<Replayed> replayed = new LetterReplay(on("cause"), "cause").replay(letters("cause"), false);

        // Then
        assertThat(before).containsExactly(Optional.empty());
        assertThat(id).as("the id that the record names").isEqualTo(2);
        assertThat(replayed).allMatch(Replayed::done).hasSize(1);
        assertThat(steps("cause").get(1)).get().extracting(TrainStep::getStep).isEqualTo(1L);
        ConsumerRecord<byte[], byte[]> written = records(topics).get(1);
        assertThat(written.value()).isEqualTo(value);
        assertThat(written.key()).asString(UTF_8).isEqualTo("cause");
        assertThat(written.headers().lastHeader("traceparent").value()).containsExactly(7);
        assertThat(written.headers().lastHeader("tracerl.replay-of").value())
                .asString(UTF_8)
                .isEqualTo("0:0");
    }

    @Test
    void aLetterIsReplayedOnceUnlessWanted() throws Exception {
        // Given
        RunTopics topics = topics("once");
        refuse("once", new byte[] {1, 2, 3});
        LetterReplay replay = new LetterReplay(on("once"), "once");
        replay.replay(letters("once"), false);

        // When
        List<Replayed> second = replay.replay(letters("once"), false);
        int records = records(topics).size();
        List<Replayed> third = replay.replay(letters("once"), true);

        // Then
        assertThat(second).singleElement().satisfies(letter -> {
            assertThat(letter.done()).isFalse();
            assertThat(letter.reason()).isEqualTo("its record was replayed already; --again does it once more");
        });
        assertThat(records).isEqualTo(2);
        assertThat(third).allMatch(Replayed::done);
        assertThat(records(topics)).hasSize(3);
    }

    @Test
    void aRecordThatTwoServicesRefusedIsReplayedOnce() throws Exception {
        // Given
        RunTopics topics = topics("two");
        refuse("two", new byte[] {1, 2, 3});
        letter("two", topics.trainSteps().name(), "two", new byte[] {1, 2, 3});

        // When
        List<Replayed> replayed = new LetterReplay(on("two"), "two").replay(letters("two"), false);

        // Then
        assertThat(replayed)
                .extracting(Replayed::reason)
                .containsExactly("", "its record is replayed with an earlier letter");
        assertThat(records(topics)).hasSize(2);
    }

    @Test
    void whatCannotBeReplayedSaysWhy() throws Exception {
        // Given
        RunTopics topics = topics("not");
        letter("not", topics.weightChunks().name(), "0-0", new byte[] {1});
        letter("not", "other.train-steps", "other", new byte[] {1});
        letter("not", topics.trainSteps().name(), "not", null);

        // When
        List<Replayed> replayed = new LetterReplay(on("not"), "not").replay(letters("not"), false);

        // Then
        assertThat(replayed)
                .extracting(Replayed::reason)
                .containsExactlyInAnyOrder(
                        "its topic is compacted", "its topic does not belong to run not", "it has no bytes");
        assertThat(records(topics)).isEmpty();
    }

    @Test
    void contentIsShownWhereTheBytesAreARecord() {
        // Given
        byte[] value = step("shown");
        WireSchemas registry = on("shown").serdes().schemas();

        // When
        LetterContent record = LetterContent.of(value, registry);
        LetterContent garbage = LetterContent.of(new byte[] {1, 2}, registry);

        // Then
        assertThat(record.schema()).isEqualTo("dev.tracerl.schemas.avro.TrainStep");
        assertThat(record.text()).contains("\"runId\": \"shown\"", "\"step\": 1");
        assertThat(garbage).isEqualTo(new LetterContent("", ""));
    }

    /** Every run has a registry of its own, so that ids are known. */
    private Connection on(String runId) {
        return new Connection(kafka.bootstrapServers(), "mock://letters-" + runId);
    }

    private byte[] step(String runId) {
        return on(runId)
                .serdes()
                .<TrainStep>serializer()
                .serialize(RunTopics.of(runId).trainSteps().name(), Records.trainStep(runId, 1, 0.5, Instant.EPOCH));
    }

    private RunTopics topics(String runId) {
        RunTopics topics = RunTopics.of(runId);
        try (Admin admin = Admin.create(on(runId).clientSettings())) {
            TopicCreator.create(admin, topics.all(), (short) 1);
        }
        return topics;
    }

    /** Writes a record and the letter of whoever refused it. */
    private void refuse(String runId, byte[] value) throws Exception {
        String topic = RunTopics.of(runId).trainSteps().name();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, runId.getBytes(UTF_8), value);
        record.headers().add("traceparent", new byte[] {7});
        send(record);
        letter(runId, topic, runId, value);
    }

    private void letter(String runId, String topic, String key, byte[] value) throws Exception {
        ConsumerRecord<byte[], byte[]> refused = new ConsumerRecord<>(topic, 0, 0, key.getBytes(UTF_8), value);
        String name = RunTopics.of(runId).deadLetters().name();
        byte[] letter = on(runId)
                .serdes()
                .<DeadLetter>serializer()
                .serialize(name, DeadLetters.of("test", "refused", refused, Instant.EPOCH));
        send(new ProducerRecord<>(name, 0, key.getBytes(UTF_8), letter));
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                on("any").producerSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private List<Letter> letters(String runId) {
        return LetterBox.read(on(runId), on(runId).serdes(), runId).letters();
    }

    private List<Optional<TrainStep>> steps(String runId) {
        List<Optional<TrainStep>> steps = new ArrayList<>();
        TopicReader.each(
                on(runId), on(runId).serdes(), RunTopics.of(runId).trainSteps(), (key, step) -> steps.add(step));
        return steps;
    }

    private List<ConsumerRecord<byte[], byte[]>> records(RunTopics topics) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        RecordReader.each(on("any"), topics.trainSteps().name(), records::add);
        return records;
    }
}
