package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Trajectory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedRecordsTest {

    private static final byte[] UNKNOWN_SCHEMA = {0, 0, 0, 99, 99, 1, 2, 3};

    @TempDir
    private Path state;

    private TopologyHarness harness;

    @BeforeEach
    void start() {
        harness = new TopologyHarness(Runs.run(), state, "refused-records").withTasks();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void anUnknownSchemaIsRefusedWithOriginAndBytes() {
        // Given
        harness.publish(0);
        RolloutRequest request = harness.requests().get(0);

        // When
        harness.sendBytes(harness.topics.trajectories(), request.getGroupId(), UNKNOWN_SCHEMA);
        harness.answer(request, 0, Records.RIGHT);

        // Then
        DeadLetter letter = harness.deadLetters().get(0);
        assertThat(letter.getStage()).isEqualTo("reward-stream grouping");
        assertThat(letter.getTopic()).isEqualTo("toy.trajectories");
        assertThat(letter.getOffset()).isZero();
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap("toy-t-000000".getBytes(StandardCharsets.UTF_8)));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(UNKNOWN_SCHEMA));
        assertThat(letter.getReason()).isNotBlank();
        assertThat(harness.outcomes().get(0).getSamples())
                .extracting(SampleOutcome::getStatus)
                .containsExactly(SampleResult.REWARDED, SampleResult.MALFORMED);
    }

    @Test
    void everySourceGoesOnAfterGarbage() {
        // Given
        Topic<?>[] sources = {
            harness.topics.weightsHistory(),
            harness.topics.trainSteps(),
            harness.topics.groupOutcomes(),
            harness.topics.rolloutRequests(),
            harness.topics.trajectories(),
            Topics.RUN_STATUS
        };

        // When
        for (Topic<?> source : sources) {
            harness.sendBytes(source, "key", new byte[] {1, 2, 3});
            harness.sendBytes(source, "key", null);
        }
        harness.publish(0);

        // Then
        assertThat(harness.deadLetters())
                .as("without a value on run-status a run was deleted")
                .hasSize(2 * sources.length - 1);
        assertThat(harness.deadLetters())
                .filteredOn(letter -> letter.getValue() == null)
                .extracting(DeadLetter::getReason)
                .containsOnly("the record has no value");
    }

    @Test
    void aRecordOfAnotherTypeIsRefused() {
        // Given
        Serializer<RolloutRequest> serializer = harness.serdes.serializer();
        harness.publish(0);
        byte[] request = serializer.serialize("any", harness.requests().get(0));

        // When
        harness.sendBytes(harness.topics.trajectories(), "toy-t-000001", request);

        // Then
        assertThat(harness.deadLetters().get(0).getReason()).contains("expected Trajectory, found RolloutRequest");
    }

    @Test
    void truncatedRecordsAreRefused() {
        // Given
        harness.publish(0);
        RolloutRequest request = harness.requests().get(0);
        Serializer<Trajectory> serializer = harness.serdes.serializer();
        byte[] whole = serializer.serialize("any", Records.trajectory(request, 0, Records.RIGHT));

        // When
        for (int length = 0; length < whole.length; length += 50) {
            harness.sendBytes(harness.topics.trajectories(), "nobody", Arrays.copyOf(whole, length));
        }
        harness.answerAll(request, Records.RIGHT, Records.WRONG);

        // Then
        assertThat(harness.deadLetters()).hasSize((whole.length + 49) / 50);
        assertThat(harness.groups()).hasSize(1);
    }

    @Test
    void anUndecodableTaskIsRefusedWithItsBytes() {
        // Given
        harness.sendBytes(Topics.TASKS, "toy-train/3", UNKNOWN_SCHEMA);

        // When
        harness.publish(0);
        for (long version = 1; version < 4; version++) {
            harness.publish(version);
        }

        // Then
        DeadLetter letter = harness.deadLetters().get(0);
        assertThat(letter.getStage()).isEqualTo("reward-stream admission");
        assertThat(letter.getReason()).startsWith("task toy-train/3: ");
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(UNKNOWN_SCHEMA));
        assertThat(harness.requests())
                .extracting(request -> request.getTask().getTaskId())
                .hasSize(8)
                .doesNotContain("toy-train/3");
    }
}
