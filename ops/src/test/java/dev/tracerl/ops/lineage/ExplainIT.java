package dev.tracerl.ops.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.log.TestGroups;
import dev.tracerl.ops.log.TestGroups.Answer;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.weights.ConfigurationHash;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainIT {

    private final TestLog log = TestLog.shared();
    private TestRun warmUp;
    private TestRun rl;

    @BeforeAll
    void trainThreeRuns() {
        warmUp = TestRun.warmUp(log, "why-warm-up")
                .versions(0, 1, 2)
                .step(1, 0, 3)
                .step(2, 3, 5)
                .status(RunState.FINISHED, 2L);
        rl = TestRun.reinforcement(log, "why-rl", "why-warm-up").copy(0, "why-warm-up", 2);
        TestGroups groups = new TestGroups(rl);
        long first = groups.accepted(0, 0, List.of(1.0, -1.0, 1.0, -1.0), answers());
        groups.filtered(1, 0, "all rewards are 1.00", Answer.RIGHT, Answer.RIGHT, Answer.RIGHT, Answer.RIGHT);
        long second = groups.accepted(2, 1, List.of(1.0, -1.0, 1.0, -1.0), answers());
        groups.sampled(3, 1, answers());
        groups.expired(4, 1, answers());
        rl.step(1, first, first + 1, groups.id(0))
                .step(2, second, second + 1, groups.id(2))
                .versions(1, 2)
                .status(RunState.FINISHED, 2L);
        log.tracerl("fork", "--run", "why-rl", "--at", "1", "--as", "why-fork", "--set", "seed=5");
    }

    private static Answer[] answers() {
        return new Answer[] {Answer.RIGHT, Answer.WRONG, Answer.RIGHT, Answer.CUT};
    }

    @Test
    void weightsAreFollowedBackToTheBaseOverAllRuns() throws Exception {
        // When
        TestLog.Result result = log.tracerl("explain", "--weights", "why-rl@2", "--json");

        // Then
        assertThat(result.code()).isZero();
        JsonNode lineage = new ObjectMapper().readTree(result.out());
        assertThat(lineage.at("/weights").asText()).isEqualTo("why-rl@2");
        assertThat(lineage.at("/base").asText()).isEqualTo("random weights, seed 7");
        assertThat(lineage.at("/links")).hasSize(2);
        JsonNode newest = lineage.at("/links/0");
        assertThat(newest.at("/runId").asText()).isEqualTo("why-rl");
        assertThat(newest.at("/versions").asText()).isEqualTo("0-2");
        assertThat(newest.at("/steps").asInt()).isEqualTo(2);
        assertThat(newest.at("/groups").asInt()).isEqualTo(2);
        assertThat(newest.at("/seed").asLong()).isEqualTo(2);
        assertThat(newest.at("/verifiers").toString()).isEqualTo("{\"sudoku 1\":8}");
        assertThat(newest.at("/configuration").asText()).isEqualTo(ConfigurationHash.of(rl.spec()));
        assertThat(newest.at("/inputs/0/topic").asText()).isEqualTo("why-rl.training-groups-0");
        assertThat(newest.at("/inputs/0/records").asLong()).isEqualTo(2);
        JsonNode oldest = lineage.at("/links/1");
        assertThat(oldest.at("/runId").asText()).isEqualTo("why-warm-up");
        assertThat(oldest.at("/versions").asText())
                .as("the final version, found by its bytes")
                .isEqualTo("0-2");
        assertThat(oldest.at("/configuration").asText()).isEqualTo(ConfigurationHash.of(warmUp.spec()));
    }

    @Test
    void theFirstDigitsOfAShaWillDo() {
        // When
        TestLog.Result result = log.tracerl(
                "explain", "--weights", TestRun.sha256("why-warm-up", 2).substring(0, 9));

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("Weights why-warm-up@2  sha256 " + TestRun.sha256("why-warm-up", 2))
                .contains("the same bytes: why-rl@0")
                .contains("run why-warm-up, SFT, versions 0-2")
                .contains("trained by     0.1.0 build-of-step-1", "trained by     0.1.0 build-of-step-2")
                .contains("read           why-warm-up.demonstrations-0, offsets 0 to 4, 5 records")
                .endsWith("base: random weights, seed 7" + System.lineSeparator() + "The chain is complete."
                        + System.lineSeparator());
    }

    @Test
    void aForkSaysWhatItChanged() {
        // Given
        TestRun.of(log, "why-fork").copy(0, "why-rl", 1);

        // When
        TestLog.Result result = log.tracerl("explain", "--weights", "why-fork@0");

        // Then
        assertThat(result.out())
                .contains("run why-fork, TRACERL, versions 0")
                .contains("  changed        seed=5")
                .contains("run why-rl, TRACERL, versions 0-1")
                .contains("run why-warm-up, SFT, versions 0-2");
    }

    @Test
    void aMissingStepIsAFinding() {
        // Given
        TestRun.warmUp(log, "why-gap").versions(0, 1, 2).step(2, 0, 3);

        // When
        TestLog.Result result = log.tracerl("explain", "--weights", "why-gap@2");

        // Then
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("WRONG: run why-gap: 1 of the steps 1 to 2 are not on the log, the first is 1");
    }

    @Test
    void weightsThatDoNotExistAreRefused() {
        assertThat(log.tracerl("explain", "--weights", "why-rl@7").err())
                .contains("run why-rl has not published version 7; list them with tracerl weights list --run why-rl");
        assertThat(log.tracerl("explain", "--weights", "why-none@7").err()).contains("there is no run why-none");
        assertThat(log.tracerl("explain", "--weights", "xyz").err())
                .contains("'xyz' is neither RUN@VERSION nor at least 4 hexadecimal digits");
        assertThat(log.tracerl("explain").code()).isEqualTo(2);
    }

    @Test
    void aTrajectoryIsExplainedFromItsTaskToTheVersionThatCameOfIt() throws Exception {
        // When
        TestLog.Result result = log.tracerl("explain", "--trajectory", "why-rl-t-000002/1", "--json");

        // Then
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        JsonNode found = new ObjectMapper().readTree(result.out());
        assertThat(found.at("/request/task").asText()).isEqualTo("train/2");
        assertThat(found.at("/request/seed").asLong()).isEqualTo(17);
        assertThat(found.at("/response/text").asText()).isEqualTo("12");
        assertThat(found.at("/response/versions").toString()).isEqualTo("[1]");
        assertThat(found.at("/verdict/outcome").asText()).isEqualTo("INCORRECT");
        assertThat(found.at("/verdict/verifier").asText()).isEqualTo("sudoku 1");
        assertThat(found.at("/group/outcome").asText()).isEqualTo("ACCEPTED");
        assertThat(found.at("/training/advantage").asDouble()).isEqualTo(-1);
        assertThat(found.at("/training/step").asLong()).isEqualTo(2);
        assertThat(found.at("/training/version").asLong()).isEqualTo(2);
        assertThat(found.at("/training/sha256").asText()).isEqualTo(TestRun.sha256("why-rl", 2));
        assertThat(found.at("/sampledBy/weights").asText()).isEqualTo("why-rl@1");
        assertThat(found.at("/sampledBy/links")).hasSize(2);
    }

    @Test
    void aTrajectoryInTextFollowsTheFlow() {
        // When
        TestLog.Result filtered = log.tracerl("explain", "--trajectory", "why-rl-t-000001/0");
        TestLog.Result open = log.tracerl("explain", "--trajectory", "why-rl-t-000003/0");

        // Then
        assertThat(filtered.code()).isZero();
        assertThat(filtered.out())
                .contains("verdict        CORRECT, score 1.000 by sudoku 1")
                .contains(
                        "group          FILTERED by reward-stream, all rewards are 1.00; this sample REWARDED, reward 1.000")
                .doesNotContain("advantage")
                .contains("  Weights why-rl@0");
        assertThat(open.out()).contains("group          in flight");
    }

    @Test
    void aTrajectoryThatWasNotUsedSaysWhy() throws Exception {
        // When
        TestLog.Result late = log.tracerl("explain", "--trajectory", "why-rl-t-000004/1");
        TestLog.Result twice = log.tracerl("explain", "--trajectory", "why-rl-t-000004/0", "--json");

        // Then
        assertThat(late.code()).isZero();
        assertThat(late.out())
                .containsPattern("not used       LATE: it came after its group had ended without it;"
                        + " why-rl.trajectories-0@\\d+ by worker rollout-0, 1970-01-01T00:00:00Z")
                .contains(
                        "group          EXPIRED by reward-stream, no trajectory arrived within 1 ms; this sample MISSING")
                .contains("Everything about it is on the log.")
                .doesNotContain("verdict        ");
        assertThat(twice.code()).isZero();
        assertThat(new ObjectMapper().readTree(twice.out()).findValuesAsText("kind"))
                .containsSubsequence("LATE", "DUPLICATE");
    }

    @Test
    void aTrajectoryThatDoesNotExistIsRefused() {
        assertThat(log.tracerl("explain", "--trajectory", "why-rl-t-000099/0").err())
                .contains("run why-rl has no trajectory why-rl-t-000099/0");
        assertThat(log.tracerl("explain", "--trajectory", "nothing").err())
                .contains("'nothing' is no trajectory of a run on this log; ids look like RUN-t-000017/3");
    }
}
