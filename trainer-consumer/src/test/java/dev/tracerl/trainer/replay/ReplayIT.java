package dev.tracerl.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Correction;
import dev.tracerl.schemas.avro.KlReference;
import dev.tracerl.schemas.avro.LogProbSource;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.TopicSizes;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.in.RecordedInputException;
import dev.tracerl.trainer.run.RunningTrainer;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.support.Trainers;
import dev.tracerl.trainer.train.ModelLearner.Device;
import dev.tracerl.trainer.train.TrainerBuild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int STEPS = 5;

    @TempDir
    Path dataDir;

    private final LocalLog log = LocalLog.shared();
    private final Recorder recorder = new Recorder();

    @Test
    void groupsAtALagWithCopiesAndLateOnesGiveTheSameWeights() {
        // Given
        RunSpec run = run("replay-lag");
        run.getGroups().setMaxLag(1);
        run.getWeights().setPublishEverySteps(2);
        RunTopics topics = log.createRun("replay-lag");
        List.of(1, 0, 3, 3, 2).forEach(sequence -> group("replay-lag", sequence, 0));
        train(run, topics, 2);
        List.of(4, 5, 7).forEach(sequence -> group("replay-lag", sequence, sequence == 5 ? 0 : 2));
        List.of(6, 8, 1, 10).forEach(sequence -> group("replay-lag", sequence, 2));
        train(run, topics, 4);
        List.of(9, 11).forEach(sequence -> group("replay-lag", sequence, 3));

        // When
        train(run, topics, STEPS);

        // Then
        assertThat(log.read(topics.late()))
                .extracting(TrainingGroup::getSequence)
                .contains(5L);
        assertReplays(topics, "replay-lag", List.of(2L, 4L, 5L));
    }

    @Test
    void aValueModelRecomputedLogProbabilitiesAndAFixedReferenceGiveTheSameWeights() {
        // Given
        RunSpec run = run("replay-value");
        run.setValue(
                ValueSpec.newBuilder().setLearningRate(1e-2).setTrainEvery(2).build());
        run.setLoss(LossSpec.newBuilder()
                .setLogProbs(LogProbSource.RECOMPUTE)
                .setCorrection(Correction.TIS)
                .setKlReference(KlReference.INITIAL)
                .setKlCoefficient(0.1)
                .setMinibatches(2)
                .build());

        // When
        RunTopics topics = trained(run);

        // Then
        assertReplays(topics, "replay-value", List.of(1L, 2L, 3L, 4L, 5L));
    }

    @Test
    void adaptersGiveTheSameBytes() {
        // Given
        RunSpec run = run("replay-lora");
        run.getModel()
                .setLora(LoraSpec.newBuilder()
                        .setRank(1)
                        .setAlpha(2)
                        .setTargets(List.of(".*q_proj.*"))
                        .build());

        // When
        RunTopics topics = trained(run);

        // Then
        assertReplays(topics, "replay-lora", List.of(1L, 2L, 3L, 4L, 5L));
    }

    @Test
    void demonstrationsGiveTheSameWeightsPassAfterPass() {
        // Given: fewer demonstrations than three steps use
        RunSpec run = run("replay-sft");
        run.setMethod(Method.SFT);
        RunTopics topics = log.createRun("replay-sft");
        for (int i = 0; i < 5; i++) {
            log.send(topics.demonstrations(), "demo-" + i, TestRecords.demonstration("replay-sft", i));
        }

        // When
        train(run, topics, STEPS);

        // Then
        assertReplays(topics, "replay-sft", List.of(1L, 2L, 3L, 4L, 5L));
    }

    @Test
    void aGroupThatWasTamperedWithIsFoundInItsStep() {
        // Given
        RunSpec run = run("replay-tampered");
        run.getWeights().setPublishEverySteps(5);
        RunTopics topics = trained(run);
        List<TrainingGroup> groups = log.read(topics.trainingGroups());
        groups.get(5).getSamples().get(0).setAdvantage(-1.0001);

        // When
        log.replace(topics.trainingGroups(), groups, TrainingGroup::getGroupId);

        // Then
        Difference difference = replay("replay-tampered", 0, STEPS).orElseThrow();
        assertThat(difference.step()).isEqualTo(3);
        assertThat(difference.version()).isEqualTo(5);
        assertThat(difference.what())
                .anyMatch(what -> what.startsWith("loss is"))
                .anyMatch(what -> what.startsWith("sha256 of version 5 is"));
        assertThat(replay("replay-tampered", 4, STEPS))
                .as("from the state after that step")
                .isEmpty();
    }

    @Test
    void aRestoredLogIsReadByTheFirstPlacesOfItsRecords() {
        // Given
        RunTopics topics = trained(run("replay-restored"));
        List<TrainingGroup> groups = log.read(topics.trainingGroups());
        log.replace(topics.trainingGroups(), List.of(), TrainingGroup::getGroupId);

        // When: every record is one further than it was
        log.restore(topics.trainingGroups(), "other", groups.get(9), 100);
        for (int first = 0; first < groups.size(); first++) {
            log.restore(topics.trainingGroups(), groups.get(first).getGroupId(), groups.get(first), first);
        }

        // Then
        assertThat(replay("replay-restored", 0, STEPS)).isEmpty();
        assertThat(recorder.same()).hasSize(STEPS);
    }

    @Test
    void whatTheLogDoesNotHaveIsNamed() {
        // Given
        RunSpec run = run("replay-errors");
        run.getWeights().setPublishEverySteps(3);
        RunTopics topics = trained(run);

        // Then
        refused("replay-errors", 0, 9, "run replay-errors has recorded 5 steps, so that there is no version 9");
        refused("replay-errors", 0, 4, "has not published version 4; published are, next to it, 3 and 5");
        refused("replay-errors", 5, 5, "nothing lies between version 5 and version 5");
        refused("replay-none", 0, 1, "there is no run replay-none");
        log.deleteBefore(topics.trainingGroups(), 3);
        assertThatThrownBy(() -> replay("replay-errors", 0, 3))
                .isInstanceOf(RecordedInputException.class)
                .hasMessageStartingWith(
                        "step 1 used offsets 0 to 1 of replay-errors.training-groups, but the log has only 3 to 9");
        assertThat(replay("replay-errors", 2, 5)).as("later steps").isEmpty();
    }

    @Test
    void stepsOfAnotherNumberOfThreadsAreNotMixed() {
        // Given
        RunSpec run = run("replay-threads");
        RunTopics topics = trained(run);
        TrainStep changed = log.read(topics.trainSteps()).get(3);
        changed.setThreads(2);

        // When
        log.send(topics.trainSteps(), "replay-threads", changed);

        // Then
        refused(
                "replay-threads",
                0,
                5,
                "steps before 4 were trained on cpu with 1 threads, that one on cpu with 2 threads");
        assertThat(replay("replay-threads", 0, 3)).isEmpty();
    }

    @Test
    void theBuildsThatTrainedTheStepsAreNamed() {
        // Given
        RunTopics topics = trained(run("replay-builds"));
        TrainStep changed = log.read(topics.trainSteps()).get(3);
        changed.setBuild("another");

        // When
        log.send(topics.trainSteps(), "replay-builds", changed);
        replay("replay-builds", 0, 3);
        replay("replay-builds", 0, 5);

        // Then
        String own = TrainerBuild.name();
        assertThat(own).matches("\\S+ [0-9a-f]{12} libtorch \\d+\\.\\S+ \\S+");
        assertThat(recorder.builds())
                .containsExactly(new Builds(own, List.of(own)), new Builds(own, List.of(own, "another")));
    }

    /** From the start and from the state after step 4: the versions of the log, and nothing is written. */
    private void assertReplays(RunTopics topics, String runId, List<Long> published) {
        Map<Long, String> versions = new LinkedHashMap<>();
        log.read(topics.weightsHistory()).stream()
                .filter(manifest -> manifest.getVersion() > 0)
                .forEach(manifest -> versions.put(manifest.getVersion(), manifest.getSha256()));
        assertThat(versions).containsOnlyKeys(published.toArray(Long[]::new));
        Map<String, Long> before = offsets(topics);

        assertThat(replay(runId, 0, STEPS)).isEmpty();
        assertThat(recorder.same()).isEqualTo(versions);
        assertThat(replay(runId, 4, STEPS)).isEmpty();

        assertThat(recorder.starts()).containsExactly(0L, 4L);
        assertThat(recorder.trained()).containsExactly(1L, 2L, 3L, 4L, 5L, 5L);
        assertThat(offsets(topics)).isEqualTo(before);
    }

    private Map<String, Long> offsets(RunTopics topics) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        TopicSizes.of(log.connection(), topics.all().stream().map(Topic::name).toList())
                .forEach((topic, size) -> offsets.put(topic, size.offsets()));
        return offsets;
    }

    private void refused(String runId, long from, long to, String reason) {
        assertThatThrownBy(() -> replay(runId, from, to))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining(reason);
    }

    private Optional<Difference> replay(String runId, long from, long to) {
        return new Replay(log.connection(), log.serdes(), new Device("cpu", 1), new StopSignal(), recorder)
                .run(new ReplayRequest(runId, from, to));
    }

    private RunTopics trained(RunSpec run) {
        RunTopics topics = log.createRun(run.getRunId());
        for (int sequence = 0; sequence < 2 * STEPS; sequence++) {
            group(run.getRunId(), sequence, 0);
        }
        train(run, topics, STEPS);
        return topics;
    }

    private void group(String runId, long sequence, long version) {
        TrainingGroup group = TestRecords.group(runId, sequence, version);
        log.send(RunTopics.of(runId).trainingGroups(), group.getGroupId(), group);
    }

    private void train(RunSpec run, RunTopics topics, int untilStep) {
        log.send(Topics.RUNS, run.getRunId(), run);
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir)) {
            assertThat(trainer).isNotNull();
            await().atMost(PATIENCE).until(() -> log.read(topics.trainSteps()).size() == untilStep);
        }
    }

    private static RunSpec run(String runId) {
        return TestRuns.run(runId, Method.TRACERL)
                .setGroups(TestRuns.groups().setMaxLag(8).build())
                .setStop(StopRule.newBuilder().setMaxSteps(STEPS).build())
                .setWeights(WeightPlan.newBuilder().setStateEverySteps(2).build())
                .build();
    }
}
