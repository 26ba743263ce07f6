package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.support.Trainers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path dataDir;

    private final LocalLog log = LocalLog.shared();

    @Test
    void overARestartEveryGroupIsAcceptedOnce() {
        // Given
        RunSpec run = run("restart", 4);
        RunTopics topics = log.createRun("restart");
        groups(topics, "restart", 0, 3);

        // When
        train(run, topics, 1);
        groups(topics, "restart", 3, 6);
        train(run, topics, 3);
        groups(topics, "restart", 6, 8);
        train(run, topics, 4);

        // Then
        assertThat(outcomes(topics))
                .hasSize(8)
                .allSatisfy((id, outcome) -> assertThat(outcome).isEqualTo(Outcome.ACCEPTED));
        assertThat(log.read(topics.trainSteps())).extracting(TrainStep::getStep).containsExactly(1L, 2L, 3L, 4L);
        assertThat(log.read(topics.weightsHistory()))
                .extracting(WeightManifest::getVersion)
                .containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aRestartChangesNothingForARunWithAValueModel() {
        // Given
        RunSpec whole = withValueModel("whole");
        RunSpec cut = withValueModel("cut");
        RunTopics wholeTopics = log.createRun("whole");
        RunTopics cutTopics = log.createRun("cut");
        groups(wholeTopics, "whole", 0, 6);
        groups(cutTopics, "cut", 0, 2);

        // When
        train(whole, wholeTopics, 3);
        train(cut, cutTopics, 1);
        groups(cutTopics, "cut", 2, 6);
        train(cut, cutTopics, 3);

        // Then
        assertThat(log.read(cutTopics.weightsHistory()))
                .extracting(WeightManifest::getSha256)
                .hasSize(4)
                .doesNotHaveDuplicates()
                .isEqualTo(log.read(wholeTopics.weightsHistory()).stream()
                        .map(WeightManifest::getSha256)
                        .toList());
        assertThat(log.read(cutTopics.trainSteps()))
                .allSatisfy(step -> assertThat(step.getValueLoss()).isPositive())
                .allSatisfy(step -> assertThat(step.getExplainedVariance()).isLessThan(1));
    }

    @Test
    void whatIsNotTrainedIsWrittenDown() {
        // Given
        RunSpec run = run("accounts", 10);
        run.getGroups().setMaxLag(0);
        RunTopics topics = log.createRun("accounts");
        groups(topics, "accounts", 0, 2);
        log.sendRaw(topics.trainingGroups(), "accounts-t-000002", new byte[] {1, 2, 3});
        groups(topics, "accounts", 1, 2);
        groups(topics, "accounts", 3, 5);

        // When
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir)) {
            assertThat(trainer).isNotNull();
            await().atMost(PATIENCE).until(() -> outcomes(topics).size() == 5);
            log.send(Topics.RUN_STATUS, "accounts", stopping("accounts"));
            log.send(topics.trainingGroups(), "accounts-t-000005", TestRecords.group("accounts", 5, 1));
            await().atMost(PATIENCE).until(() -> outcomes(topics).size() == 6);
        }

        // Then
        assertThat(outcomes(topics))
                .containsEntry("accounts-t-000000", Outcome.ACCEPTED)
                .containsEntry("accounts-t-000001", Outcome.ACCEPTED)
                .containsEntry("accounts-t-000002", Outcome.DEAD)
                .containsEntry("accounts-t-000003", Outcome.LATE)
                .containsEntry("accounts-t-000004", Outcome.LATE)
                .containsEntry("accounts-t-000005", Outcome.EXPIRED);
        assertThat(log.read(topics.late()))
                .extracting(TrainingGroup::getGroupId)
                .containsExactly("accounts-t-000003", "accounts-t-000004");
        assertThat(log.read(topics.deadLetters()))
                .singleElement()
                .extracting(DeadLetter::getOffset)
                .isEqualTo(2L);
    }

    private void train(RunSpec run, RunTopics topics, int untilStep) {
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir)) {
            assertThat(trainer).isNotNull();
            await().atMost(PATIENCE).until(() -> log.read(topics.trainSteps()).size() == untilStep);
        }
    }

    private void groups(RunTopics topics, String runId, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            TrainingGroup group = TestRecords.group(runId, sequence, 0);
            log.send(topics.trainingGroups(), group.getGroupId(), group);
        }
    }

    private Map<String, Outcome> outcomes(RunTopics topics) {
        List<GroupOutcome> outcomes = log.read(topics.groupOutcomes());
        return outcomes.stream().collect(Collectors.toMap(GroupOutcome::getGroupId, GroupOutcome::getOutcome));
    }

    private static RunSpec withValueModel(String runId) {
        RunSpec run = run(runId, 3);
        run.setValue(ValueSpec.newBuilder().setLearningRate(1e-2).build());
        return run;
    }

    private static RunSpec run(String runId, int steps) {
        return TestRuns.run(runId, Method.TRACERL)
                .setGroups(TestRuns.groups().setMaxLag(8).build())
                .setStop(StopRule.newBuilder().setMaxSteps(steps).build())
                .build();
    }

    private static RunStatus stopping(String runId) {
        return RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.STOPPING)
                .setReason("test")
                .setStep(1)
                .setVersion(1)
                .setAt(Instant.EPOCH)
                .build();
    }
}
