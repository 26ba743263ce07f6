package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTest {

    private final RunSpec run = Runs.run();
    private final AdmissionBench bench = new AdmissionBench(run);

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 4", "4, 10"})
    void versionZeroAdmitsTheGroupsOfMaxLagPlusOneSteps(int maxLag, int groups) {
        // Given
        run.getGroups().setMaxLag(maxLag);

        // When
        bench.published(0);

        // Then
        assertThat(bench.training()).hasSize(groups);
    }

    @Test
    void requestsCarryTheTaskAndTheRunsSettings() {
        // Given
        // When
        bench.published(0);

        // Then
        RolloutRequest request = bench.training().get(1);
        assertThat(request.getGroupId()).isEqualTo("toy-t-000001");
        assertThat(request.getSequence()).isEqualTo(1);
        assertThat(request.getTask().getInputs()).containsKey("givens");
        assertThat(request.getSamples()).isEqualTo(2);
        assertThat(request.getSeed()).isEqualTo(run.getSeed());
        assertThat(request.getIssuedAtVersion()).isZero();
        assertThat(request.getPinnedVersion()).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACCEPTED")
    void aGroupThatIsNotTrainedReturnsItsSlot(Outcome outcome) {
        // Given
        bench.published(0);

        // When
        bench.end(bench.training().get(0), outcome);

        // Then
        assertThat(bench.training()).hasSize(3);
        assertThat(bench.state().getReturned()).isEqualTo(1);
    }

    @Test
    void anAcceptedGroupKeepsItsSlotUntilTheNextVersion() {
        // Given
        bench.published(0);

        // When
        bench.end(bench.training().get(0), Outcome.ACCEPTED);

        // Then
        assertThat(bench.training()).hasSize(2);
        assertThat(bench.state().getAccepted()).isEqualTo(1);
    }

    @Test
    void outcomesThatWereCountedChangeNothing() {
        // Given
        bench.published(0);
        RolloutRequest group = bench.training().get(0);
        bench.end(group, Outcome.FILTERED);
        bench.restart();

        // When
        bench.end(group, Outcome.FILTERED);
        bench.end(group, Outcome.ACCEPTED);

        // Then
        assertThat(bench.training()).hasSize(3);
        assertThat(bench.state().getAccepted()).isZero();
    }

    @Test
    void versionsThatAreRepeatedChangeNothing() {
        // Given
        bench.published(0);
        bench.published(1);

        // When
        bench.published(1);
        bench.published(0);
        bench.trained(1);

        // Then
        assertThat(bench.training()).hasSize(4);
        assertThat(bench.outbox.statuses).hasSize(2);
    }

    @Test
    void noMoreGroupsAreRequestedThanTheRunCanTrain() {
        // Given
        run.getStop().setMaxSteps(2);
        run.getGroups().setMaxLag(4);

        // When
        bench.published(0);

        // Then
        assertThat(bench.training()).hasSize(4);
    }

    @Test
    void sparsePublicationAdmitsTheGroupsOfAllStepsInBetween() {
        // Given
        run.getWeights().setPublishEverySteps(3);

        // When
        bench.published(0);

        // Then
        assertThat(bench.training()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"SFT", "EVALUATION"})
    void onlyReinforcementLearningRequestsTrainingGroups(Method method) {
        // Given
        run.setMethod(method);

        // When
        bench.published(0);

        // Then
        assertThat(bench.training()).isEmpty();
    }

    @Test
    void aRunOfWhichEveryGroupIsFilteredGoesOn() {
        // Given
        bench.published(0);

        for (int group = 0; group < 100; group++) {
            // When
            bench.end(bench.training().get(group), Outcome.FILTERED);

            // Then
            assertThat(bench.training()).hasSize(group + 3);
        }
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aFailureThatTheTrainerReportsStopsTheRun() {
        // Given
        bench.published(0);

        // When
        bench.reportedFailure(Runs.RUN, "the loss is NaN");
        bench.published(1);

        // Then
        assertThat(bench.training()).hasSize(2);
        assertThat(bench.status().getState()).isEqualTo(RunState.FAILED);
        assertThat(bench.status().getReason()).isEqualTo("the loss is NaN");
    }

    @Test
    void theFailureOfAnotherRunIsNoneOfOurs() {
        // Given
        bench.published(0);

        // When
        bench.reportedFailure("other", "the loss is NaN");

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void missingAndMalformedTasksAreRefusedOnceAndPassedOver() {
        // Given
        run.getGroups().setMaxLag(9);
        bench.tasks.remove("toy-train/0");
        bench.tasks.get("toy-train/1").setInputs(java.util.Map.of());
        bench.tasks.get("toy-train/2").setKind("riddle");
        bench.tasks.get("toy-train/3").setTaskId("toy-train/33");

        // When
        bench.published(0);

        // Then
        assertThat(bench.training())
                .hasSize(20)
                .extracting(request -> request.getTask().getTaskId())
                .containsOnly("toy-train/4", "toy-train/5");
        assertThat(bench.outbox.reasons)
                .hasSize(4)
                .contains(
                        "task toy-train/0: it is missing",
                        "task toy-train/2: there is no verifier for tasks of kind riddle",
                        "task toy-train/3: its taskId is toy-train/33");
    }

    @Test
    void aRunWithoutAnyUsableTaskFails() {
        // Given
        bench.tasks.clear();

        // When
        bench.published(0);

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.FAILED);
        assertThat(bench.status().getReason()).startsWith("no usable task is left");
        assertThat(bench.outbox.refused).hasSize(Runs.TASKS);
    }

    @Test
    void aRunWhoseTasksDisappearFails() {
        // Given
        bench.published(0);
        bench.tasks.clear();

        // When
        List<RolloutRequest> running = bench.training();
        bench.end(running.get(0), Outcome.FILTERED);

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.FAILED);
    }
}
