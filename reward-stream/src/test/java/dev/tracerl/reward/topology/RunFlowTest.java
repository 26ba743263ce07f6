package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFlowTest {

    @TempDir
    private Path state;

    @Test
    void aRunGoesFromVersionZeroToFinished() {
        // Given
        RunSpec run = Runs.run();
        run.getStop().setMaxSteps(2);
        run.getEvaluation().add(Runs.plan(2, 1, 0));
        try (TopologyHarness harness = new TopologyHarness(run, state, "run-flow").withTasks()) {

            // When
            harness.publish(0);
            for (int step = 1; step <= 2; step++) {
                answerOpen(harness);
                harness.groups().stream().skip(2L * step - 2).forEach(group -> harness.decide(group, Outcome.ACCEPTED));
                harness.step(step);
                harness.publish(step);
            }
            answerOpen(harness);

            // Then
            assertThat(harness.statuses()).extracting(RunStatus::getState).startsWith(RunState.RUNNING);
            assertThat(harness.statuses())
                    .extracting(RunStatus::getState)
                    .endsWith(RunState.STOPPING, RunState.FINISHED);
            assertThat(harness.evaluations()).extracting(Evaluation::getVersion).containsExactly(0L, 2L);
            assertThat(harness.evaluations())
                    .extracting(Evaluation::getAccuracy)
                    .containsExactly(1.0, 1.0);
            assertThat(harness.groups()).hasSize(4);
            assertThat(harness.outcomes()).hasSize(4);
            assertThat(harness.requests()).hasSize(8);
            assertThat(harness.deadLetters()).isEmpty();
        }
    }

    @Test
    void anExpiredGroupIsReplaced() {
        // Given
        try (TopologyHarness harness = new TopologyHarness(Runs.run(), state, "run-flow").withTasks()) {
            harness.publish(0);

            // When
            harness.driver.advanceWallClockTime(Duration.ofSeconds(10));

            // Then
            assertThat(harness.outcomes()).extracting(GroupOutcome::getOutcome).containsOnly(Outcome.EXPIRED);
            assertThat(harness.requests()).hasSize(4);
            assertThat(harness.requests().get(2).getIssuedAt()).isEqualTo(TopologyHarness.START.plusSeconds(10));
        }
    }

    @Test
    void anIdleStreamClosesItsGroupsByTheClockAlone() {
        // Given
        try (TopologyHarness harness = new TopologyHarness(Runs.run(), state, "run-flow").withTasks()) {
            harness.publish(0);

            // When
            for (int minute = 0; minute < 60; minute++) {
                harness.driver.advanceWallClockTime(Duration.ofMinutes(1));
            }

            // Then
            assertThat(harness.outcomes()).hasSize(120);
            assertThat(harness.outcomes()).extracting(GroupOutcome::getOutcome).containsOnly(Outcome.EXPIRED);
            assertThat(harness.requests()).hasSize(122);
            assertThat(harness.statuses()).hasSize(1);
        }
    }

    @Test
    void filteredGroupsAreReplacedUntilOneCanBeTrained() {
        // Given
        try (TopologyHarness harness = new TopologyHarness(Runs.run(), state, "run-flow").withTasks()) {
            harness.publish(0);

            // When
            for (int group = 0; group < 10; group++) {
                harness.answerAll(harness.requests().get(group), Records.RIGHT, Records.RIGHT);
            }

            // Then
            assertThat(harness.requests()).hasSize(12);
            assertThat(harness.groups()).isEmpty();
        }
    }

    @Test
    void aTopologyOnRestoredStoresGoesOnWhereTheOldOneStopped() {
        // Given
        RunSpec run = Runs.run();
        try (TopologyHarness before = new TopologyHarness(run, state.resolve("before"), "run-flow").withTasks()) {
            before.publish(0);
            List<RolloutRequest> requests = before.requests();
            before.answer(requests.get(0), 0, Records.RIGHT);

            // When
            try (TopologyHarness after = new TopologyHarness(run, state.resolve("after"), "run-flow").withTasks()) {
                after.restoreFrom(before);
                after.answer(requests.get(0), 0, Records.RIGHT);
                after.answer(requests.get(0), 1, Records.WRONG);
                after.publish(0);
                after.answerAll(requests.get(1), Records.RIGHT, Records.RIGHT);

                // Then
                assertThat(after.groups()).hasSize(1);
                assertThat(after.duplicates()).isEqualTo(1);
                assertThat(after.requests())
                        .extracting(RolloutRequest::getSequence)
                        .containsExactly(2L);
            }
        }
    }

    /** Answers what nobody answered: evaluations right, training groups half right. */
    private static void answerOpen(TopologyHarness harness) {
        List<String> ended = Stream.concat(
                        harness.outcomes().stream().map(GroupOutcome::getGroupId),
                        harness.groups().stream().map(group -> group.getGroupId()))
                .toList();
        for (RolloutRequest request : harness.requests()) {
            if (ended.contains(request.getGroupId())) {
                continue;
            }
            boolean evaluates = request.getPurpose() == Purpose.EVALUATION;
            harness.answer(request, 0, Records.RIGHT);
            if (!evaluates) {
                harness.answer(request, 1, Records.WRONG);
            }
        }
    }
}
