package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deleted run leaves its statuses, and what deletes them, on the shared topic until that is compacted. */
class DeletedRunTest {

    private TopologyHarness harness;

    @BeforeEach
    void start(@TempDir Path directory) {
        harness = new TopologyHarness(Runs.run(), directory, "deleted-run").withTasks();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void theFailureOfADeletedRunOfTheSameNameIsNotTheRuns() {
        // Given
        harness.send(Topics.RUN_STATUS, Runs.RUN, failed());
        harness.sendBytes(Topics.RUN_STATUS, Runs.RUN, null);

        // When
        harness.publish(0);

        // Then
        assertThat(harness.requests()).isNotEmpty();
        assertThat(harness.statuses()).last().extracting(RunStatus::getState).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aFailureThatIsReportedLaterEndsTheRun() {
        // Given
        harness.sendBytes(Topics.RUN_STATUS, Runs.RUN, null);
        harness.publish(0);

        // When
        harness.send(Topics.RUN_STATUS, Runs.RUN, failed());

        // Then
        assertThat(harness.statuses()).last().extracting(RunStatus::getState).isEqualTo(RunState.FAILED);
    }

    @Test
    void aRunThatIsDeletedIsNothingToTheOthers() {
        // When
        harness.sendBytes(Topics.RUN_STATUS, "another", null);
        harness.publish(0);

        // Then
        assertThat(harness.deadLetters()).isEmpty();
        assertThat(harness.requests()).isNotEmpty();
    }

    private static RunStatus failed() {
        return RunStatus.newBuilder()
                .setRunId(Runs.RUN)
                .setState(RunState.FAILED)
                .setReason("as the test says")
                .setStep(0)
                .setVersion(-1)
                .setAt(TopologyHarness.START)
                .build();
    }
}
