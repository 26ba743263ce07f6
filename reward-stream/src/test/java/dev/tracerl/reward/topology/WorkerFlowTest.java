package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFlowTest {

    private static final String TESTS = "{\"kind\": \"stdio\", \"cases\": [{\"input\": \"\", \"output\": \"1\"}]}";

    @TempDir
    private Path directory;

    @Test
    void anAnswerOfAWorkerBecomesTheVerdictOfItsTrajectory() {
        try (TopologyHarness harness = started()) {
            // Given
            RolloutRequest request = harness.requests().get(0);
            harness.answerAll(request, "print(1)", "print(2)");

            // When
            for (VerificationRequest check : harness.checks()) {
                double score = check.getAnswer().equals("print(1)") ? 1 : 0;
                harness.send(harness.topics.verificationAnswers(), check.getGroupId(), Records.found(check, score));
                harness.send(harness.topics.verificationAnswers(), check.getGroupId(), Records.found(check, score));
            }

            // Then
            assertThat(harness.verdicts()).extracting(Verdict::getScore).containsExactly(1.0, 0.0);
            assertThat(harness.groups()).hasSize(1);
            assertThat(harness.duplicates()).isEqualTo(2);
        }
    }

    @Test
    void withoutWorkersTheWallClockEndsTheWait() {
        try (TopologyHarness harness = started()) {
            // Given
            harness.answerAll(harness.requests().get(0), "print(1)", "print(2)");

            // When
            for (int second = 0; second < 15; second++) {
                harness.driver.advanceWallClockTime(Duration.ofSeconds(1));
            }

            // Then
            assertThat(harness.verdicts())
                    .extracting(Verdict::getOutcome)
                    .containsExactly(VerdictOutcome.TIMED_OUT, VerdictOutcome.TIMED_OUT);
        }
    }

    @Test
    void aRunWithoutWorkersIsHeldAndGoesOnWhenOneComes() {
        try (TopologyHarness harness = started()) {
            // Given
            int answered = 0;
            for (int second = 0; second < 300 && !last(harness).contains("held"); second++) {
                answered = answerFrom(answered, harness);
                harness.driver.advanceWallClockTime(Duration.ofSeconds(1));
            }
            String held = last(harness);
            int before = harness.requests().size();
            for (int second = 0; second < 120; second++) {
                answered = answerFrom(answered, harness);
                harness.driver.advanceWallClockTime(Duration.ofSeconds(1));
            }
            int after = harness.requests().size();

            // When
            while (harness.requests().size() == answered) {
                harness.driver.advanceWallClockTime(Duration.ofSeconds(1));
            }
            answerFrom(answered, harness);
            String group = harness.requests().get(answered).getGroupId();
            harness.checks().stream()
                    .filter(check -> check.getGroupId().equals(group))
                    .forEach(check -> harness.send(
                            harness.topics.verificationAnswers(), check.getGroupId(), Records.found(check, 0)));

            // Then
            assertThat(held).contains("no worker answered within", "tracerl up --verifiers");
            assertThat(before).isLessThan(20);
            assertThat(after - before).isBetween(1, 10);
            assertThat(last(harness)).isEqualTo("running");
            assertThat(harness.statuses()).extracting(RunStatus::getState).containsOnly(RunState.RUNNING);
        }
    }

    private static int answerFrom(int first, TopologyHarness harness) {
        int next = first;
        for (; next < harness.requests().size(); next++) {
            harness.answerAll(harness.requests().get(next), "print(1)", "print(2)");
        }
        return next;
    }

    private static String last(TopologyHarness harness) {
        return harness.statuses().get(harness.statuses().size() - 1).getReason();
    }

    private TopologyHarness started() {
        var run = Runs.run();
        run.getGroups().setTimeoutMillis(60_000);
        TopologyHarness harness = new TopologyHarness(run, directory, "worker-flow");
        for (int index = 0; index < Runs.TASKS; index++) {
            Task task = Records.task(Runs.TRAIN, index);
            task.setKind("code");
            task.setInputs(Map.of("tests", TESTS));
            harness.send(Topics.TASKS, task.getTaskId(), task);
        }
        harness.publish(0);
        return harness;
    }
}
