package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.network.Checkpoint;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.ElementType;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.support.Trainers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path dataDir;

    private final LocalLog log = LocalLog.shared();

    @Test
    void demonstrationsBecomeStepsAndReadableVersions() {
        // Given
        RunSpec run = sft("sft", 40);
        RunTopics topics = withDemonstrations("sft");

        // When
        train(run, 40);

        // Then
        List<TrainStep> steps = log.read(topics.trainSteps());
        assertThat(steps).extracting(TrainStep::getStep).startsWith(1L, 2L, 3L).endsWith(39L, 40L);
        assertThat(steps.get(39).getLoss()).isLessThan(0.5 * steps.get(0).getLoss());
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        assertThat(manifests).hasSize(41);
        assertThat(manifests.get(40).getParentVersion()).isEqualTo(39);
        assertThat(Parameters.read(TensorBytes.of(bytes(manifests.get(40))), TestRuns.MODEL)
                        .count())
                .isPositive();
    }

    @Test
    void aRunStartsFromTheFinalVersionOfAnother() {
        // Given
        withDemonstrations("warm");
        train(sft("warm", 3), 3);
        log.send(Topics.RUNS, "warm", sft("warm", 3));
        log.send(Topics.RUN_STATUS, "warm", finished("warm", 3));
        RunSpec next = sft("next", 1);
        next.getModel()
                .setInitial(InitialWeights.newBuilder()
                        .setSource(WeightSource.RUN)
                        .setRunId("warm")
                        .build());
        RunTopics topics = withDemonstrations("next");

        // When
        train(next, 1);

        // Then
        WeightManifest last = log.read(RunTopics.of("warm").weightsHistory()).get(3);
        WeightManifest first = log.read(topics.weightsHistory()).get(0);
        assertThat(first.getVersion()).isZero();
        assertThat(first.getSha256()).isEqualTo(last.getSha256());
    }

    @Test
    void aRunStartsFromTheShardsOfAHuggingFaceFolder(@TempDir Path checkpoint) {
        // Given: weights that bfloat16 rounds
        Checkpoint.write(
                checkpoint, TestRuns.MODEL.toJson(), Parameters.random(TestRuns.MODEL, 5), ElementType.BF16, 2_000);
        RunSpec run = sft("published", 1);
        run.getModel()
                .setInitial(InitialWeights.newBuilder()
                        .setSource(WeightSource.CHECKPOINT)
                        .setPath(checkpoint.toString())
                        .build());
        RunTopics topics = withDemonstrations("published");

        // When
        train(run, 1);

        // Then
        WeightManifest first = log.read(topics.weightsHistory()).get(0);
        assertThat(checkpoint.resolve("model.safetensors.index.json")).exists();
        assertThat(bytes(first))
                .isEqualTo(Checkpoint.read(checkpoint, TestRuns.MODEL)
                        .toSafetensors()
                        .toArray());
    }

    @Test
    void aRunFromAMissingCheckpointFailsWithTheReason() {
        // Given
        InitialWeights initial = InitialWeights.newBuilder()
                .setSource(WeightSource.CHECKPOINT)
                .setPath("/nowhere")
                .build();

        // When
        RunStatus status = refusal("refused", initial);

        // Then
        assertThat(status.getReason()).isEqualTo("model.initial: there is no folder /nowhere");
    }

    @Test
    void aRunFromAMissingRunFailsWithTheReason() {
        // Given
        InitialWeights initial = InitialWeights.newBuilder()
                .setSource(WeightSource.RUN)
                .setRunId("missing")
                .build();

        // When
        RunStatus status = refusal("orphan", initial);

        // Then
        assertThat(status.getReason()).isEqualTo("model.initial: there is no run missing");
    }

    private RunStatus refusal(String runId, InitialWeights initial) {
        RunSpec run = sft(runId, 1);
        run.getModel().setInitial(initial);
        log.createRun(runId);
        Condition condition = new Condition();
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir, condition)) {
            assertThat(trainer).isNotNull();
            await().atMost(PATIENCE).until(() -> status(runId).isPresent());
        }
        RunStatus status = status(runId).orElseThrow();
        assertThat(status.getState()).isEqualTo(RunState.FAILED);
        assertThat(condition.now().activity()).isEqualTo("failed");
        assertThat(condition.now().broken()).isFalse();
        return status;
    }

    private Optional<RunStatus> status(String runId) {
        return log.read(Topics.RUN_STATUS).stream()
                .filter(found -> found.getRunId().equals(runId))
                .findFirst();
    }

    private void train(RunSpec run, int steps) {
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir)) {
            assertThat(trainer).isNotNull();
            RunTopics topics = RunTopics.of(run.getRunId());
            await().atMost(PATIENCE).until(() -> log.read(topics.trainSteps()).size() == steps);
        }
    }

    private static RunSpec sft(String runId, int steps) {
        return TestRuns.run(runId, Method.SFT)
                .setStop(StopRule.newBuilder().setMaxSteps(steps).build())
                .build();
    }

    private RunTopics withDemonstrations(String runId) {
        RunTopics topics = log.createRun(runId);
        for (int i = 0; i < 10; i++) {
            log.send(topics.demonstrations(), "repeat/" + i, TestRecords.demonstration(runId, i));
        }
        return topics;
    }

    private static RunStatus finished(String runId, long finalVersion) {
        return RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.FINISHED)
                .setReason("test")
                .setStep(finalVersion)
                .setVersion(finalVersion)
                .setFinalVersion(finalVersion)
                .setAt(Instant.EPOCH)
                .build();
    }

    private byte[] bytes(WeightManifest manifest) {
        try (WeightReader reader = new StoredWeights(log.connection(), log.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            return bytes.toArray();
        }
    }
}
