package dev.tracerl.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
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
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed and told to stop. */
class ServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int STEPS = 60;

    /** The tiny model with matrices of 4 MiB. */
    private static final ModelConfig WIDE = new ModelConfig(
            "sdar", 14, 16, 65_536, 1, 2, 1, 8, 1e-6, 10_000, true, false, true, 64, 4, 12, List.of(11), 13, 0.02);

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

    @Test
    void withoutMemoryForTheModelItExitsForARestartAndSaysWhichSettingToRaise() throws Exception {
        // Given
        RunTopics topics = withDemonstrations("large");
        RunSpec large = run("large");
        large.getModel().setConfig(WIDE.toJson());
        log.send(Topics.RUNS, "large", large);
        assign("large");

        // When
        Map<String, String> little = Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxDirectMemorySize=3m");
        try (ServiceProcess service = ServiceProcess.start(log, directory, little)) {

            // Then
            assertThat(service.exitCode(PATIENCE.toSeconds())).isEqualTo(RunAssignment.FAILURE);
        }
        assertThat(ServiceProcess.LOG).content().contains("raise -XX:MaxDirectMemorySize in TRACERL_TRAINER_JAVA_OPTS");
        assertThat(log.read(topics.trainSteps())).isEmpty();
        assertThat(log.read(Topics.RUN_STATUS)).extracting(RunStatus::getRunId).doesNotContain("large");
    }

    @Test
    void itExitsIfItMayNotFollowAssignments() throws Exception {
        // Given
        Map<String, String> stranger = Map.of(
                "TRACERL_KAFKA_SECURITY_PROTOCOL",
                "SASL_PLAINTEXT",
                "TRACERL_KAFKA_SASL_MECHANISM",
                "PLAIN",
                "TRACERL_KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b\";");

        // When
        try (ServiceProcess service = ServiceProcess.start(log, directory, stranger)) {

            // Then
            assertThat(service.exitCode(PATIENCE.toSeconds())).isEqualTo(RunAssignment.FAILURE);
        }
        assertThat(ServiceProcess.LOG).content().contains("the topic cannot be followed any more");
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
