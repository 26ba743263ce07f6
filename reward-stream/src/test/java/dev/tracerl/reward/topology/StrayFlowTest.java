package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrayFlowTest {

    @TempDir
    private Path state;

    private TopologyHarness harness;
    private RolloutRequest request;

    @BeforeEach
    void start() {
        harness = new TopologyHarness(Runs.run(), state, "strays").withTasks();
        harness.publish(0);
        request = harness.requests().get(0);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void aCopyIsRecordedWithWhereItIs() {
        // Given
        harness.answer(request, 0, Records.RIGHT);

        // When
        harness.answer(request, 0, Records.WRONG);

        // Then
        Stray stray = harness.strays().get(0);
        assertThat(stray.getKind()).isEqualTo(StrayKind.DUPLICATE);
        assertThat(stray.getTrajectoryId()).isEqualTo("toy-t-000000/0");
        assertThat(stray.getGroupId()).isEqualTo("toy-t-000000");
        assertThat(stray.getWorker()).isEqualTo("rollout-0");
        assertThat(stray.getTopic()).isEqualTo("toy.trajectories");
        assertThat(stray.getPartition()).isZero();
        assertThat(stray.getOffset()).isEqualTo(1);
        assertThat(stray.getAt()).isEqualTo(TopologyHarness.START);
        assertThat(harness.verdicts()).hasSize(1);
    }

    @Test
    void whatComesAfterItsGroupIsRecordedOncePerRecord() {
        // Given
        harness.answerAll(request, Records.RIGHT, Records.WRONG);

        // When
        harness.answer(request, 1, Records.WRONG);
        harness.answer(request, 1, Records.WRONG);

        // Then
        assertThat(harness.strays()).extracting(Stray::getKind).containsOnly(StrayKind.DUPLICATE);
        assertThat(harness.strays()).extracting(Stray::getOffset).containsExactly(2L, 3L);
        assertThat(harness.duplicates()).isEqualTo(2);
        assertThat(harness.groups()).hasSize(1);
    }

    @Test
    void whatIsLateForTheTimeOutIsRecorded() {
        // Given
        harness.driver.advanceWallClockTime(Duration.ofSeconds(10));

        // When
        harness.answer(request, 0, Records.RIGHT);

        // Then
        assertThat(harness.strays()).extracting(Stray::getKind).containsExactly(StrayKind.LATE);
        assertThat(harness.verdicts()).isEmpty();
    }

    @Test
    void aCopyThatWaitedForTheRequestIsRecordedWithItsOwnOffset() {
        // Given
        RolloutRequest early = RolloutRequest.newBuilder(request)
                .setSequence(8)
                .setGroupId("toy-t-000008")
                .build();
        harness.answer(early, 0, Records.RIGHT);
        harness.answer(early, 0, Records.RIGHT);

        // When
        harness.send(harness.topics.rolloutRequests(), early.getGroupId(), early);

        // Then
        assertThat(harness.strays()).extracting(Stray::getKind).containsExactly(StrayKind.DUPLICATE);
        assertThat(harness.strays()).extracting(Stray::getOffset).containsExactly(1L);
    }
}
