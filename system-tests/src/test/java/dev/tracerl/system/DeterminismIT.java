package dev.tracerl.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs with one seed in deterministic mode: a warm-up and a few TraceRL steps each. */
class DeterminismIT {

    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir
    private Path folder;

    private CommandLine tracerl;

    @AfterEach
    void stop() throws InterruptedException {
        tracerl.run(Duration.ofMinutes(2), "down");
    }

    @Test
    void oneSeedGivesTheSameWeightsAndTrajectories() throws Exception {
        // Given
        Path dataDir = folder.resolve("data");
        tracerl = new CommandLine(dataDir);
        tracerl.run(LIMIT, "up");
        Stack stack = new Stack(dataDir);

        // When
        RunLog first = train(stack, "first");
        RunLog second = train(stack, "second");

        // Then
        long version = first.steps().size();
        assertThat(second.manifest(version).getSha256())
                .isEqualTo(first.manifest(version).getSha256())
                .isNotEqualTo(first.manifest(0).getSha256());
        assertThat(contents(second)).isNotEmpty().isEqualTo(contents(first));
    }

    private RunLog train(Stack stack, String name) throws Exception {
        Path file = folder.resolve(name + ".yaml");
        try (InputStream definition = DeterminismIT.class.getResourceAsStream("deterministic.yaml")) {
            String text = new String(definition.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, text.replace("NAME", name));
        }
        tracerl.run(LIMIT, "run", file.toString());
        return new RunLog(stack.connection(), name);
    }

    /** Tokens, step maps and log-probabilities by the trajectory's number, which the run's name is no part of. */
    private static Map<String, Object> contents(RunLog log) {
        Map<String, Object> contents = new TreeMap<>();
        for (Trajectory trajectory : log.all(log.topics().trajectories())) {
            if (trajectory.getPurpose() == Purpose.TRAINING) {
                Segment response = trajectory.getSegments().get(1);
                contents.put(
                        trajectory.getSequence() + "/" + trajectory.getSample(),
                        List.of(response.getTokens(), response.getStepMap(), response.getLogProbs()));
            }
        }
        return contents;
    }
}
