package dev.tracerl.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of the worker, with the rights that the compose file leaves it, judges programs in sandboxes. */
class SandboxIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String RESPONSES = """
            {"id": "right", "response": "```python\\ndef add(a, b):\\n    return a + b\\n```", "tests": TESTS}
            {"id": "wrong", "response": "```python\\ndef add(a, b):\\n    return a - b\\n```", "tests": TESTS}
            """;
    private static final String TESTS = "{\"kind\": \"function\", \"cases\": [\"assert add(1, 2) == 3\"]}";

    @AfterEach
    void removeNetworkAndVolumes() throws Exception {
        compose("down", "--volumes").await(LIMIT);
    }

    @Test
    void aHardenedWorkerBuildsSandboxes(@TempDir Path folder) throws Exception {
        // Given
        Path responses = folder.resolve("responses.jsonl");
        Files.writeString(responses, RESPONSES.replace("TESTS", quoted(TESTS)));
        Path ops = ContainerStack.HOME.resolve("ops/target");

        // When
        compose("build", "verifier").await(LIMIT);
        String judged = compose(
                        "run",
                        "--rm",
                        "--no-deps",
                        "-T",
                        "-v",
                        ops + ":/ops:ro",
                        "-v",
                        responses + ":/in.jsonl:ro",
                        "--entrypoint",
                        "java",
                        "verifier",
                        "-Dtracerl.home=/tmp",
                        "-jar",
                        "/ops/tracerl-ops.jar",
                        "verify",
                        "--kind",
                        "code",
                        "--in",
                        "/in.jsonl")
                .await(LIMIT);

        // Then
        assertThat(judged.lines().filter(line -> line.contains("\"id\":\"right\"")))
                .singleElement()
                .asString()
                .contains("\"outcome\":\"correct\"");
        assertThat(judged.lines().filter(line -> line.contains("\"id\":\"wrong\"")))
                .singleElement()
                .asString()
                .contains("\"outcome\":\"incorrect\"");
    }

    private static Command compose(String... arguments) {
        Path docker = ContainerStack.HOME.resolve("docker");
        List<String> command = new ArrayList<>(List.of("docker", "compose", "-p", "tracerl-sandbox-test"));
        command.addAll(List.of("-f", docker.resolve("compose.yaml").toString()));
        command.addAll(List.of("-f", docker.resolve("compose.local.yaml").toString()));
        command.addAll(List.of(arguments));
        return Command.start(command, Map.of());
    }

    private static String quoted(String json) {
        return '"' + json.replace("\"", "\\\"") + '"';
    }
}
