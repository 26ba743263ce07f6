package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class ClusterStatusIT {

    private final TestLog log = TestLog.shared();

    @Test
    void deploymentsAreShownWithTheirRunsAndWhetherServicesAreThere() {
        // Given
        TestRun.warmUp(log, "status-warm-up");
        TestRun run = TestRun.reinforcement(log, "status", "status-warm-up").status(RunState.RUNNING, null);
        assign("status-a", "status");
        assign("status-b", "status-warm-up");
        assign("status-c", null);
        Map<String, Object> settings = log.connection().consumerSettings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "status.rollout");
        try (KafkaConsumer<byte[], byte[]> service =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            service.subscribe(List.of(run.topics().rolloutRequests().name()));
            while (service.assignment().isEmpty()) {
                service.poll(Duration.ofMillis(100));
            }

            // When
            TestLog.Result text = log.tracerl("status");
            JsonNode json = log.tracerl("status", "--json").json();

            // Then
            assertThat(text.code()).isZero();
            assertThat(text.out())
                    .contains("Kafka " + log.connection().bootstrapServers())
                    .containsPattern("status-a +status +RUNNING +at work +1970-01-01T00:00:00Z")
                    .containsPattern("status-b +status-warm-up +NEW +none seen ")
                    .containsPattern("status-c +- +- +- ")
                    .containsPattern("(?m)^  status +RUNNING +step 1 ");
            assertThat(StreamSupport.stream(json.get("deployments").spliterator(), false))
                    .extracting(JsonNode::toString)
                    .contains(
                            "{\"deployment\":\"status-a\",\"runId\":\"status\",\"state\":\"RUNNING\",\"atWork\":true,"
                                    + "\"since\":\"1970-01-01T00:00:00Z\"}",
                            "{\"deployment\":\"status-c\",\"runId\":null,\"state\":null,\"atWork\":false,"
                                    + "\"since\":\"1970-01-01T00:00:00Z\"}");
        }
    }

    private void assign(String deployment, String runId) {
        log.send(Topics.ASSIGNMENTS, deployment, new Assignment(deployment, runId, Instant.EPOCH));
    }
}
