package dev.tracerl.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.RunAssignment;
import dev.tracerl.trainer.run.RunningTrainer;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.support.ServiceProcess;
import dev.tracerl.trainer.support.Trainers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed and told to stop. */
class ServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int STEPS = 60;

    @TempDir
    Path directory;

    private final LocalLog log = LocalLog.shared();

    @Test
    void killedAgainAndAgainItTrainsEveryStepOnceToTheSameWeights() throws Exception {
        // Given
        RunTopics topics = withDemonstrations("killed");
        log.send(Topics.RUNS, "killed", run("killed"));
        assign("killed");

        // When
        for (int kill = 1; kill <= 2; kill++) {
            try (ServiceProcess service = ServiceProcess.start(log, directory.resolve("killed"))) {
                awaitSteps(topics, kill * 15);
                service.kill();
            }
        }
        try (ServiceProcess service = ServiceProcess.start(log, directory.resolve("killed"))) {
            awaitSteps(topics, STEPS);
            assertThat(service.page("/q/health/ready")).contains("working");
            assertThat(service.page("/q/metrics"))
                    .contains("trainer_policy_version{run=\"killed\"}")
                    .contains("trainer_step_seconds_count{phase=\"wait\",run=\"killed\"}")
                    .contains("weights_published_total{kind=\"FULL\",run=\"killed\"}");

            // Then
            assertThat(log.read(topics.trainSteps()))
                    .extracting(TrainStep::getStep)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, STEPS).boxed().toList());
            assertThat(hashes(topics)).isEqualTo(hashesOfAnUnharmedRun());
            service.terminate();
            assertThat(service.exitCode(10)).isEqualTo(143);
        }
    }

    @Test
    void itExitsForARestartWhenTheAssignmentChanges() throws Exception {
        // Given
        RunTopics topics = withDemonstrations("first");
        log.send(Topics.RUNS, "first", run("first"));
        assign(null);

        try (ServiceProcess service = ServiceProcess.start(log, directory)) {
            await().atMost(PATIENCE).until(() -> service.page("/q/health/ready").contains("idle"));
            assign("first");
            awaitSteps(topics, 1);

            // When
            assign("second");

            // Then
            assertThat(service.exitCode(15)).isEqualTo(RunAssignment.EXIT_CODE);
        }
    }

    private List<String> hashesOfAnUnharmedRun() {
        RunTopics topics = withDemonstrations("unharmed");
        try (RunningTrainer trainer = Trainers.start(log, run("unharmed"), directory.resolve("unharmed"))) {
            assertThat(trainer).isNotNull();
            awaitSteps(topics, STEPS);
        }
        return hashes(topics);
    }

    private List<String> hashes(RunTopics topics) {
        return log.read(topics.weightsHistory()).stream()
                .map(WeightManifest::getSha256)
                .toList();
    }

    private void awaitSteps(RunTopics topics, int steps) {
        await().atMost(PATIENCE).until(() -> log.read(topics.trainSteps()).size() >= steps);
    }

    private RunTopics withDemonstrations(String runId) {
        RunTopics topics = log.createRun(runId);
        for (int i = 0; i < 10; i++) {
            log.send(topics.demonstrations(), "repeat/" + i, TestRecords.demonstration(runId, i));
        }
        return topics;
    }

    private void assign(@Nullable String runId) {
        log.send(
                Topics.ASSIGNMENTS,
                "local",
                Assignment.newBuilder()
                        .setDeployment("local")
                        .setRunId(runId)
                        .setAt(Instant.EPOCH)
                        .build());
    }

    private static RunSpec run(String runId) {
        return TestRuns.run(runId, Method.SFT)
                .setStop(StopRule.newBuilder().setMaxSteps(STEPS).build())
                .build();
    }
}
