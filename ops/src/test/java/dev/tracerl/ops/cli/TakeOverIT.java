package dev.tracerl.ops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.client.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run when another one is started on its services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TakeOverIT {

    private final TestLog log = TestLog.shared();

    @TempDir
    private Path folder;

    @BeforeAll
    void warmUp() {
        TestRun.warmUp(log, "take-warm-up").versions(0, 1, 2).status(RunState.FINISHED, 2L);
        TestRun.reinforcement(log, "take-next", "take-warm-up");
    }

    @Test
    void aRunThatGoesOnKeepsItsServicesAndNothingIsWritten() throws IOException {
        // Given
        running("take-kept", RunState.RUNNING, null);
        Path file = Files.writeString(
                folder.resolve("new.yaml"),
                Files.readString(Path.of("..", "runs", "sudoku.yaml")).replace("runId: sudoku", "runId: take-new"),
                UTF_8);

        // When
        List<TestLog.Result> refused = List.of(
                log.tracerl("run", file.toString(), "--detach", "--deployment", "take-kept"),
                log.tracerl("start", "--run", "take-next", "--detach", "--deployment", "take-kept"),
                log.tracerl("eval", "take-warm-up@1", "--deployment", "take-kept"),
                log.tracerl(
                        "fork",
                        "--run",
                        "take-warm-up",
                        "--at",
                        "1",
                        "--as",
                        "take-fork",
                        "--set",
                        "demonstrations={set: x, count: 1}",
                        "--start",
                        "--deployment",
                        "take-kept"));

        // Then
        assertThat(refused).allSatisfy(result -> {
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .isEqualTo("tracerl: the services of deployment take-kept work on run take-kept, which is at step 1"
                            + " of 9: wait until it has ended, stop it with tracerl stop --run take-kept, or take them"
                            + " over with --take-over");
        });
        assertThat(assignedTo("take-kept")).isEqualTo("take-kept");
        assertThat(TopicReader.latest(log.connection(), log.serdes(), Topics.RUNS))
                .doesNotContainKeys("take-new", "take-new-warmup", "take-fork", "take-warm-up-eval-1");
    }

    @Test
    void aRunThatIsTakenOverIsPaused() {
        // Given
        running("take-lost", RunState.RUNNING, null);

        // When
        TestLog.Result result =
                log.tracerl("start", "--run", "take-next", "--detach", "--deployment", "take-lost", "--take-over");

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .contains("run take-lost loses its services, at step 1 of 9; it goes on later with: tracerl start --run"
                        + " take-lost");
        assertThat(assignedTo("take-lost")).isEqualTo("take-next");
        assertThat(state("take-lost")).isEqualTo("PAUSED");
    }

    @Test
    void whatEndedOrWasStoppedIsReplacedWithoutAQuestion() {
        // Given
        running("take-failed", RunState.FAILED, null);
        running("take-finished", RunState.FINISHED, 2L);
        running("take-stopped", RunState.RUNNING, null);
        String running = state("take-stopped");
        log.tracerl("stop", "--run", "take-stopped");

        // When
        List<TestLog.Result> started = List.of(start("take-failed"), start("take-finished"), start("take-stopped"));

        // Then
        assertThat(started).allSatisfy(result -> assertThat(result.err()).isEmpty());
        assertThat(List.of("take-failed", "take-finished", "take-stopped"))
                .allSatisfy(deployment -> assertThat(assignedTo(deployment)).isEqualTo("take-next"));
        assertThat(running).isEqualTo("RUNNING");
        assertThat(state("take-stopped")).isEqualTo("PAUSED");
        assertThat(state("take-finished")).isEqualTo("FINISHED");
    }

    @Test
    void theRunItselfGoesOnAndOneThatIsOverTakesNothing() {
        // Given
        running("take-same", RunState.RUNNING, null);

        // When
        TestLog.Result same = log.tracerl("start", "--run", "take-same", "--detach", "--deployment", "take-same");
        TestLog.Result over = log.tracerl("start", "--run", "take-warm-up", "--detach", "--deployment", "take-same");

        // Then
        assertThat(same.out()).contains("run take-same goes on, on deployment take-same");
        assertThat(over.out()).contains("run take-warm-up is over, FINISHED");
        assertThat(assignedTo("take-same")).isEqualTo("take-same");
    }

    private TestLog.Result start(String deployment) {
        return log.tracerl("start", "--run", "take-next", "--detach", "--deployment", deployment);
    }

    /** A run of which a deployment of the same name says this. */
    private void running(String runId, RunState state, @Nullable Long finalVersion) {
        TestRun.reinforcement(log, runId, "take-warm-up").versions(0, 1, 2).status(state, finalVersion);
        log.send(Topics.ASSIGNMENTS, runId, new Assignment(runId, runId, Instant.EPOCH));
    }

    private @Nullable String assignedTo(String deployment) {
        return TopicReader.latest(log.connection(), log.serdes(), Topics.ASSIGNMENTS)
                .get(deployment)
                .getRunId();
    }

    private String state(String runId) {
        for (JsonNode run : log.tracerl("runs", "--json").json()) {
            if (run.get("runId").asText().equals(runId)) {
                return run.get("state").asText();
            }
        }
        throw new AssertionError("no run " + runId);
    }
}
