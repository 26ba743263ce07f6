package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What commands that change something write with {@code --json}. */
class JsonIT {

    private final TestLog log = TestLog.shared();

    @Test
    void whatWasDoneToARunIsJson() {
        // Given
        TestRun.warmUp(log, "json-warm-up");
        TestRun.reinforcement(log, "json", "json-warm-up").versions(0, 1, 2).status(RunState.RUNNING, null);
        log.send(Topics.ASSIGNMENTS, "json-on", new Assignment("json-on", "json", Instant.EPOCH));

        // Then
        assertThat(json("stop")).isEqualTo("{'runId':'json','deployments':['json-on'],'over':false}");
        assertThat(json("weights", "pin", "1")).isEqualTo("{'runId':'json','version':1,'pinned':true}");
        assertThat(json("weights", "unpin", "1")).isEqualTo("{'runId':'json','version':1,'pinned':false}");
        assertThat(json("weights", "rollback", "1")).isEqualTo("{'runId':'json','version':1,'before':2}");
        assertThat(json("start", "--detach", "--deployment", "json-none"))
                .isEqualTo("{'runId':'json','deployment':'json-none','created':false,'over':true}");
    }

    @Test
    void theSetUpIsJson() {
        // When
        JsonNode result = log.tracerl("init", "--json").json();

        // Then
        assertThat(result.get("bootstrapServers").asText())
                .isEqualTo(log.connection().bootstrapServers());
        assertThat(result.get("registryUrl").asText())
                .isEqualTo(log.connection().registryUrl());
        assertThat(result.get("topics").toString()).isEqualTo("[\"runs\",\"run-status\",\"assignments\",\"tasks\"]");
    }

    private String json(String... command) {
        String[] all = Stream.concat(Arrays.stream(command), Stream.of("--run", "json", "--json"))
                .toArray(String[]::new);
        return log.tracerl(all).json().toString().replace('"', '\'');
    }
}
