package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.VerdictOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingFlowTest {

    @TempDir
    private Path state;

    private TopologyHarness harness;

    @BeforeEach
    void start() {
        harness = new TopologyHarness(Runs.run(), state, "training-flow").withTasks();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void nothingIsRequestedBeforeVersionZero() {
        // Given
        // When
        List<RolloutRequest> requests = harness.requests();

        // Then
        assertThat(requests).isEmpty();
    }

    @Test
    void versionZeroStartsTheRunAndItsFirstGroups() {
        // Given
        // When
        harness.publish(0);

        // Then
        assertThat(harness.requests())
                .extracting(RolloutRequest::getGroupId)
                .containsExactly("toy-t-000000", "toy-t-000001");
        assertThat(harness.statuses()).extracting(RunStatus::getState).containsExactly(RunState.RUNNING);
    }

    @Test
    void aCompleteGroupGetsVerdictsAndAdvantages() {
        // Given
        harness.publish(0);
        RolloutRequest request = harness.requests().get(0);

        // When
        harness.answerAll(request, Records.RIGHT, Records.WRONG);

        // Then
        assertThat(harness.verdicts())
                .extracting(verdict -> verdict.getOutcome())
                .containsExactly(VerdictOutcome.CORRECT, VerdictOutcome.PARTIAL);
        TrainingGroup group = harness.groups().get(0);
        assertThat(group.getGroupId()).isEqualTo(request.getGroupId());
        assertThat(group.getSamples()).extracting(TrainingSample::getAdvantage).containsExactly(1.0, -1.0);
        assertThat(group.getOutcomes()).hasSize(2);
    }

    @Test
    void theNextVersionAdmitsTheNextStep() {
        // Given
        harness.publish(0);
        for (RolloutRequest request : harness.requests()) {
            harness.answerAll(request, Records.RIGHT, Records.WRONG);
        }

        // When
        harness.groups().forEach(group -> harness.decide(group, Outcome.ACCEPTED));
        harness.step(1);
        harness.publish(1);

        // Then
        assertThat(harness.requests()).hasSize(4);
        assertThat(harness.requests().get(3).getIssuedAtVersion()).isEqualTo(1);
    }
}
