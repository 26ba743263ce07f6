package dev.tracerl.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.CacheRule;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RunAssignment;
import dev.tracerl.schemas.client.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged service with a broker and a registry: assignment, health, metrics, signals and crashes. */
@ExtendWith(Stack.class)
class ServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Connection connection;

    private @Nullable RunLog log;
    private @Nullable ServiceProcess service;

    @BeforeAll
    static void connect(Connection stack) {
        connection = stack;
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
        if (log != null) {
            log.close();
        }
    }

    private ServiceProcess startService(String deployment) {
        ServiceProcess started = startService(deployment, Map.of());
        await().atMost(PATIENCE).until(started::isReady);
        return started;
    }

    private ServiceProcess startService(String deployment, Map<String, String> environment) {
        ServiceProcess started = ServiceProcess.start(connection, deployment, environment);
        service = started;
        return started;
    }

    private RunLog openLog(String runId) {
        RunLog opened = new RunLog(connection, runId);
        log = opened;
        return opened;
    }

    private static void assign(RunLog log, String deployment, RunSpec run) {
        log.send(Topics.RUNS, 0, run.getRunId(), run);
        assign(log, deployment, run.getRunId());
    }

    private static void assign(RunLog log, String deployment, @Nullable String runId) {
        Assignment assignment = Assignment.newBuilder()
                .setDeployment(deployment)
                .setRunId(runId)
                .setAt(Instant.now())
                .build();
        log.send(Topics.ASSIGNMENTS, 0, deployment, assignment);
    }

    @Test
    void anIdleServiceTakesTheAssignedRunAndCountsWhatItDoes() throws Exception {
        // Given
        RunLog run = openLog("counted");
        ServiceProcess idle = startService("counted");
        run.publishWeights(Specs.model(64), 3);
        run.request(Specs.training("counted", 0, "1"));

        // When
        assign(run, "counted", Specs.run("counted"));
        await().atMost(PATIENCE).until(() -> run.trajectories().size() == 3);

        // Then
        assertThat(idle.isReady()).isTrue();
        assertThat(idle.get("/q/metrics").body())
                .containsPattern("rollout_trajectories_total\\{run=\"counted\",stop_reason=\"\\w+\"} \\d")
                .containsPattern("rollout_tokens_total\\{run=\"counted\"} [1-9]")
                .containsPattern("rollout_denoise_forwards_total\\{run=\"counted\"} [1-9]")
                .containsPattern("rollout_weight_swap_seconds_count\\{run=\"counted\"} 1")
                .containsPattern("rollout_blocked_seconds_total\\{reason=\"quota\",run=\"counted\"} ")
                .contains("rollout_policy_version{run=\"counted\"} 3.0")
                .contains("rollout_inflight{run=\"counted\"} 0.0");
    }

    @Test
    void aServiceThatIsKilledInMidRunLosesNothing() throws Exception {
        // Given
        int groups = 60;
        RunLog run = openLog("killed");
        run.publishWeights(Specs.model(64), 0);
        for (int sequence = 0; sequence < groups; sequence++) {
            run.request(Specs.training("killed", sequence, "1"));
        }
        assign(run, "killed", Specs.run("killed"));
        ServiceProcess first = startService("killed");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !run.trajectories().isEmpty());

        // When
        first.kill();
        startService("killed");

        // Then
        await().atMost(PATIENCE)
                .until(() -> run.trajectories().stream()
                                .map(found -> found.getTrajectoryId())
                                .distinct()
                                .count()
                        == 3L * groups);
    }

    @Test
    void terminatedItStopsWithinTenSeconds() throws Exception {
        // Given
        RunLog run = openLog("terminated");
        run.publishWeights(Specs.model(64), 0);
        run.request(Specs.training("terminated", 0, "1"));
        assign(run, "terminated", Specs.run("terminated"));
        ServiceProcess working = startService("terminated");
        await().atMost(PATIENCE).until(() -> run.trajectories().size() == 3);

        // When
        working.terminate();

        // Then
        assertThat(working.endsWithin(10)).isTrue();
    }

    @Test
    void reassignedItExitsForARestart() throws Exception {
        // Given
        RunLog run = openLog("reassigned");
        run.publishWeights(Specs.model(64), 0);
        run.request(Specs.training("reassigned", 0, "1"));
        assign(run, "reassigned", Specs.run("reassigned"));
        ServiceProcess working = startService("reassigned");
        await().atMost(PATIENCE).until(() -> run.trajectories().size() == 3);

        // When
        assign(run, "reassigned", (String) null);

        // Then
        assertThat(working.endsWithin(20)).isTrue();
        assertThat(working.exitCode()).isEqualTo(RunAssignment.EXIT_CODE);
    }

    @Test
    void aServiceWhoseModelFailsExitsForARestart() throws Exception {
        // Given
        RunLog run = openLog("failed");
        assign(run, "failed", Specs.run("failed"));

        // When
        ServiceProcess started = startService("failed", Map.of("TRACERL_DEVICE", "cuda:77"));

        // Then
        assertThat(started.endsWithin(60)).isTrue();
        assertThat(started.exitCode()).isEqualTo(1);
    }

    @Test
    void aWrongConfigurationEndsTheServiceAtTheStart() throws Exception {
        // When
        ServiceProcess started = startService("wrong", Map.of("TRACERL_DEVICE", "tpu", "TRACERL_THREADS", "0"));

        // Then
        assertThat(started.endsWithin(60)).isTrue();
        assertThat(started.exitCode()).isEqualTo(1);
        assertThat(Path.of("target/service-wrong.log"))
                .content()
                .contains("tracerl.device is 'tpu'")
                .contains("tracerl.threads is 0");
    }

    @Test
    void aRunThatItCannotSampleIsMarkedAsFailedWithTheReason() throws Exception {
        // Given
        RunLog run = openLog("unsupported");
        RunSpec spec = Specs.run("unsupported");
        spec.getSampler().setCacheRule(CacheRule.RECOMPUTE);
        ServiceProcess idle = startService("unsupported");

        // When
        assign(run, "unsupported", spec);
        Map<String, RunStatus> statuses = await().atMost(PATIENCE)
                .until(
                        () -> TopicReader.latest(connection, connection.serdes(), Topics.RUN_STATUS),
                        found -> found.containsKey("unsupported"));

        // Then
        assertThat(statuses.get("unsupported").getState()).isEqualTo(RunState.FAILED);
        assertThat(statuses.get("unsupported").getReason()).contains("cacheRule RECOMPUTE is not supported, use KEEP");
        assertThat(idle.get("/q/health").status()).isEqualTo(200);
        assertThat(idle.get("/q/health/ready").body())
                .contains("REFUSED", "run unsupported: rollout-producer refuses the run");
    }

    @Test
    void aServiceThatMayNotFollowAssignmentsExits() throws Exception {
        // Given
        Map<String, String> stranger = Map.of(
                "TRACERL_KAFKA_SECURITY_PROTOCOL",
                "SASL_PLAINTEXT",
                "TRACERL_KAFKA_SASL_MECHANISM",
                "PLAIN",
                "TRACERL_KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b\";");

        // When
        ServiceProcess started = startService("stranger", stranger);

        // Then
        assertThat(started.endsWithin(60)).isTrue();
        assertThat(started.exitCode()).isEqualTo(RunAssignment.FAILURE);
        assertThat(Path.of("target/service-stranger.log")).content().contains("the topic cannot be followed any more");
    }
}
