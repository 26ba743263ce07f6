package dev.tracerl.rollout.out;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.GroupReceipt;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.group.SamplerSpecs;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrajectoryRecordsTest {

    private static final int END = 10;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final TrajectoryRecords records =
            new TrajectoryRecords("rollout-0", Partition.ABSOLUTE, TrajectoryRecordsTest::twoCharacters);

    /** Every token is two characters long. */
    private static ResponseText twoCharacters(int[] tokens) {
        String text =
                Arrays.stream(tokens).mapToObj(token -> token + "" + token).collect(Collectors.joining());
        return new ResponseText(
                text, IntStream.range(0, tokens.length).map(i -> 2 * i).toArray());
    }

    private static SampledTrajectory sampled(RolloutRequest request, int keptTokens, StopReason reason) {
        SampledResponse response = new SampledResponse(
                new int[] {4, 5, END, 6, 7},
                new int[] {2, 1, 5, 4, 3},
                new float[] {-0.1f, -0.2f, -0.3f, -0.4f, -0.5f},
                new long[] {8, 9},
                keptTokens,
                7,
                reason);
        RolloutGroup group = new RolloutGroup(
                request,
                new Prompt("123", new int[] {1, 2, 3}, new int[] {0, 1, 2}),
                SamplerSpecs.settings(request.getSampler()),
                null,
                new GroupReceipt(3, new ForgetfulReceipt()));
        return new SampledTrajectory(group, 2, response, 30, 1.5);
    }

    private static RolloutRequest request() {
        return Specs.request("toy", Purpose.EVALUATION, 17, "123")
                .setPinnedVersion(9L)
                .setEvaluationId("digits-test@9")
                .setEpoch(4)
                .setAttempt(1)
                .build();
    }

    @Test
    void whatTheRequestSaidTravelsOn() {
        // Given
        RolloutRequest request = request();

        // When
        Trajectory trajectory = records.of(sampled(request, 3, StopReason.END_OF_TEXT), AT);

        // Then
        assertThat(trajectory.getTrajectoryId()).isEqualTo("toy-e-000017/2");
        assertThat(trajectory.getGroupId()).isEqualTo("toy-e-000017");
        assertThat(trajectory.getRunId()).isEqualTo("toy");
        assertThat(trajectory.getSequence()).isEqualTo(17);
        assertThat(trajectory.getSample()).isEqualTo(2);
        assertThat(trajectory.getSamples()).isEqualTo(3);
        assertThat(trajectory.getPurpose()).isEqualTo(Purpose.EVALUATION);
        assertThat(trajectory.getEvaluationId()).isEqualTo("digits-test@9");
        assertThat(trajectory.getTaskId()).isEqualTo("digits/17");
        assertThat(trajectory.getEpoch()).isEqualTo(4);
        assertThat(trajectory.getAttempt()).isEqualTo(1);
        assertThat(trajectory.getSampler()).isEqualTo(request.getSampler());
    }

    @Test
    void theSamplersWorkIsRecorded() {
        // When
        Trajectory trajectory = records.of(sampled(request(), 3, StopReason.END_OF_TEXT), AT);

        // Then
        assertThat(Packed.longs(trajectory.getBlockVersions())).containsExactly(8, 9);
        assertThat(trajectory.getForwards()).isEqualTo(7);
        assertThat(trajectory.getStopReason()).isEqualTo(dev.tracerl.schemas.avro.StopReason.END_OF_TEXT);
        assertThat(trajectory.getWorker()).isEqualTo("rollout-0");
        assertThat(trajectory.getQueuedMillis()).isEqualTo(30);
        assertThat(trajectory.getSamplingMillis()).isEqualTo(1.5);
        assertThat(trajectory.getCreatedAt()).isEqualTo(AT);
    }

    @Test
    void thePromptIsAGivenSegment() {
        // When
        Segment user = records.of(sampled(request(), 3, StopReason.END_OF_TEXT), AT)
                .getSegments()
                .get(0);

        // Then
        assertThat(user.getRole()).isEqualTo("user");
        assertThat(user.getGenerated()).isFalse();
        assertThat(user.getText()).isEqualTo("123");
        assertThat(Packed.ints(user.getTokens())).containsExactly(1, 2, 3);
        assertThat(Packed.ints(user.getOffsets())).containsExactly(0, 1, 2);
        assertThat(Packed.ints(user.getStepMap())).isEmpty();
        assertThat(Packed.floats(user.getLogProbs())).isEmpty();
        assertThat(user.getKeptTokens()).isEqualTo(3);
    }

    @Test
    void theResponseKeepsItsWholeLastBlockButItsTextEndsBeforeTheEndOfText() {
        // When
        Segment assistant = records.of(sampled(request(), 3, StopReason.END_OF_TEXT), AT)
                .getSegments()
                .get(1);

        // Then
        assertThat(assistant.getRole()).isEqualTo("assistant");
        assertThat(assistant.getGenerated()).isTrue();
        assertThat(assistant.getText()).isEqualTo("4455");
        assertThat(Packed.ints(assistant.getTokens())).containsExactly(4, 5, END, 6, 7);
        assertThat(Packed.ints(assistant.getOffsets())).containsExactly(0, 2, 4, 4, 4);
        assertThat(Packed.ints(assistant.getStepMap())).containsExactly(2, 1, 5, 4, 3);
        assertThat(Packed.floats(assistant.getLogProbs())).containsExactly(-0.1f, -0.2f, -0.3f, -0.4f, -0.5f);
        assertThat(assistant.getKeptTokens()).isEqualTo(3);
    }

    @Test
    void aTrajectorySaysWhereItsBlocksBegin() {
        // Given
        TrajectoryRecords full =
                new TrajectoryRecords("rollout-0", Partition.RESPONSE, TrajectoryRecordsTest::twoCharacters);

        // When
        Trajectory trajectory = full.of(sampled(request(), 2, StopReason.LENGTH), AT);

        // Then
        assertThat(trajectory.getPartition()).isEqualTo(Partition.RESPONSE);
    }

    @Test
    void aResponseThatHitTheLimitIsTextToItsLastKeptToken() {
        // When
        Trajectory trajectory = records.of(sampled(request(), 2, StopReason.LENGTH), AT);

        // Then
        assertThat(trajectory.getStopReason()).isEqualTo(dev.tracerl.schemas.avro.StopReason.LENGTH);
        assertThat(trajectory.getSegments().get(1).getText()).isEqualTo("4455");
    }
}
