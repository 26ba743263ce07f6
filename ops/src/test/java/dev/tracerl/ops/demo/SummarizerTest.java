package dev.tracerl.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.follow.Records;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.avro.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummarizerTest {

    private static final DemoState.Seconds SPENT = new DemoState.Seconds(20, 100, 400);

    private final List<PlannedRun> runs = RunFile.read(Path.of("..", "runs", "sudoku.yaml"), documents -> {});
    private final Records warmUp = new Records(runs.get(0).spec())
            .step(1, 0, Instant.EPOCH)
            .evaluation("sudoku-test", 0, 0, 256)
            .finished(1);
    private final Records rl = new Records(runs.get(1).spec())
            .outcome(0, Outcome.ACCEPTED, 16)
            .outcome(1, Outcome.LATE, 16)
            .step(1, 0.3, Instant.EPOCH)
            .step(2, 0.4, Instant.EPOCH)
            .evaluation("sudoku-test", 0, 64, 256)
            .weights(2, "abc")
            .finished(2);

    @Test
    void theSummaryHoldsWhatTheLogSays() {
        // Given
        rl.evaluation("sudoku-test", 2, 192, 256);

        // When
        Summary summary = Summarizer.summarize("sudoku", warmUp.progress(), rl.progress(), SPENT);

        // Then
        assertThat(summary.accuracy()).isEqualTo(new Summary.Accuracy(0, 0.25, 0.75));
        assertThat(summary.steps()).isEqualTo(new Summary.Steps(1, 2));
        assertThat(summary.trajectories()).isEqualTo(new Summary.Trajectories(32, 16, 0, 0, 0, 16));
        assertThat(summary.seconds().total()).isEqualTo(520);
        assertThat(summary.seconds().training()).isEqualTo(4.5);
        assertThat(summary.trainedTokens()).isEqualTo(2 * 1088);
        assertThat(summary.maxLagSeen()).isEqualTo(3);
        assertThat(summary.finalSha256()).isEqualTo("abc");
    }

    @Test
    void theJsonHasExactlyThePromisedFields() {
        // Given
        rl.evaluation("sudoku-test", 2, 192, 256);
        Summary summary = Summarizer.summarize("sudoku", warmUp.progress(), rl.progress(), SPENT);

        // When
        JsonNode json = new ObjectMapper().valueToTree(summary);

        // Then
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "task",
                        "seed",
                        "maxLag",
                        "accuracy",
                        "evaluated",
                        "steps",
                        "seconds",
                        "trajectories",
                        "trainedTokens",
                        "maxLagSeen",
                        "finalVersion",
                        "finalSha256");
        assertThat(json.get("accuracy").fieldNames()).toIterable().containsExactly("initial", "afterWarmUp", "final");
        assertThat(json.get("steps").fieldNames()).toIterable().containsExactly("warmUp", "rl");
        assertThat(json.get("seconds").fieldNames())
                .toIterable()
                .containsExactly(
                        "total", "startUp", "warmUp", "rl", "rollout", "verification", "training", "trainerIdle");
        assertThat(json.get("trajectories").fieldNames())
                .toIterable()
                .containsExactly("requested", "accepted", "filtered", "expired", "dead", "late");
    }

    @Test
    void aMissingFinalEvaluationIsNamed() {
        // When // Then
        assertThatThrownBy(() -> Summarizer.summarize("sudoku", warmUp.progress(), rl.progress(), SPENT))
                .isInstanceOf(DemoException.class)
                .hasMessage("run sudoku ended, but its evaluation of version 2 on sudoku-test is not on the log");
    }

    @Test
    void theTextShowsTheThreeAccuracies() {
        // Given
        rl.evaluation("sudoku-test", 2, 192, 256);
        Summary summary = Summarizer.summarize("sudoku", warmUp.progress(), rl.progress(), SPENT);

        // When
        List<String> lines = SummaryText.lines(summary);

        // Then
        assertThat(lines)
                .contains(
                        "  before the warm-up     0.0 %",
                        "  after the warm-up     25.0 %  1 steps",
                        "  after TraceRL         75.0 %  2 steps, version 2",
                        "Time  8 min 40 s: start-up 20 s, warm-up 1 min 40 s, TraceRL 6 min 40 s");
    }
}
