package dev.tracerl.ops.rescore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.log.TestGroups;
import dev.tracerl.ops.log.TestGroups.Answer;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.verifiers.sudoku.SudokuVerifier;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RescoreIT {

    private static final String VERSION = new SudokuVerifier().version();
    private static final Answer R = Answer.RIGHT;
    private static final Answer W = Answer.WRONG;

    private final TestLog log = TestLog.shared();
    private TestRun run;

    @BeforeAll
    void logGroups() {
        TestRun.warmUp(log, "re-warm-up");
        run = TestRun.reinforcement(log, "re", "re-warm-up");
        TestGroups groups = new TestGroups(run);
        groups.accepted(0, 0, List.of(1.0, -1.0, 1.0, -1.0), R, W, R, Answer.CUT);
        groups.filtered(1, 0, "all rewards are 1.00", R, R, R, R);
        groups.accepted(2, 1, List.of(0.0, 0.0, 0.0, 0.0), R, W, W, W);
        groups.filtered(3, 2, "all rewards are 0.00", W, W, W, W);
        groups.sampled(4, 2, R, W, R, W);
        groups.expired(5, 3, R, W, R, W);
    }

    @Test
    void theSameVerifierChangesNothing() {
        // Given
        Map<String, String> before = log.digests(run.topics().all());

        // When
        TestLog.Result result = rescore("--verifier", "sudoku", "--as", "same");

        // Then
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "Run re judged again by sudoku " + VERSION,
                        "16 trajectories in 5 groups, 1 groups in flight left out",
                        "groups                   now trained     not trained",
                        "  were trained                     2               0",
                        "  were filtered                    0               2",
                        "  had expired                      0               1",
                        "verdicts            0 changed",
                        "mean reward         0.4375 -> 0.4375",
                        "rewards             0 changed",
                        "advantages          0 changed, by 0.0000 at most",
                        "Verdicts: topic re.rescore-same.verdicts",
                        "Nothing would have changed.");
        assertThat(log.digests(run.topics().all())).isEqualTo(before);
        assertThat(log.read(run.topics().rescoredVerdicts("same")))
                .hasSize(16)
                .allSatisfy(verdict -> assertThat(verdict.getRunId()).isEqualTo("re"));
    }

    @Test
    void anotherVerifierShowsWhatWouldChange() throws Exception {
        // When
        TestLog.Result result = rescore("--verifier", "exact", "--set", "answer=12", "--json");

        // Then
        assertThat(result.err()).isEmpty();
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.at("/verdicts").toString())
                .isEqualTo("{\"CORRECT -> INCORRECT\":8,\"INCORRECT -> CORRECT\":8}");
        assertThat(report.at("/groups").toString())
                .isEqualTo(
                        "{\"trainedBoth\":2,\"filteredBoth\":2,\"nowFiltered\":0,\"nowTrained\":0,"
                                + "\"expired\":{\"nowTrained\":0,\"notTrained\":1},\"dead\":{\"nowTrained\":0,\"notTrained\":0}}");
        assertThat(report.at("/reward/before").asDouble()).isEqualTo(7 / 16.0);
        assertThat(report.at("/reward/after").asDouble()).isEqualTo(8 / 16.0);
        assertThat(report.at("/rewardsChanged").asInt()).isEqualTo(15);
        assertThat(report.at("/largest/0/trajectoryId").asText()).isEqualTo("re-t-000002/0");
        assertThat(report.at("/largest/0/advantageBefore").asDouble()).isEqualTo(Math.sqrt(3), tiny());
        assertThat(report.at("/largest/0/advantageAfter").asDouble()).isEqualTo(-Math.sqrt(3), tiny());
        List<Verdict> verdicts = log.read(run.topics().rescoredVerdicts("exact"));
        assertThat(verdicts)
                .filteredOn(verdict -> verdict.getTrajectoryId().equals("re-t-000000/1"))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.getVerifier()).isEqualTo("exact");
                    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.CORRECT);
                });
    }

    private static Offset<Double> tiny() {
        return within(1e-12);
    }

    @Test
    void otherGroupRulesShowWhichGroupsTheyFilter() {
        // When
        TestLog.Result result = rescore(
                "--set", "groups.minMeanReward=0.4", "--set", "groups.filterZeroVariance=false", "--as", "rules");

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("Run re judged again by sudoku " + VERSION
                        + " with groups.minMeanReward=0.4, groups.filterZeroVariance=false")
                .contains("  were trained                     1               1")
                .contains("  were filtered                    1               1")
                .contains("verdicts            0 changed")
                .contains("Training would have seen something else.");
    }

    @Test
    void aRangeOfGroupsOrStepsIsEnough() {
        assertThat(rescore("--groups", "1..2", "--as", "groups").out()).contains("8 trajectories in 2 groups");
        assertThat(rescore("--from", "2", "--to", "2", "--as", "steps").out()).contains("4 trajectories in 1 groups");
        assertThat(rescore("--groups", "1-2").code()).isEqualTo(2);
        assertThat(rescore("--groups", "50..60", "--as", "none").err())
                .contains("run re has no training group in that range that has ended (0 have not)");
    }

    @Test
    void verdictsAreNeverWrittenOver() {
        // Given
        rescore("--as", "once");
        int before = log.read(run.topics().rescoredVerdicts("once")).size();

        // When
        TestLog.Result result = rescore("--as", "once");

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("topic re.rescore-once.verdicts has verdicts already: choose another name with --as");
        assertThat(log.read(run.topics().rescoredVerdicts("once"))).hasSize(before);
    }

    @Test
    void aVerifierThatCannotJudgeIsRefusedBeforeAnythingIsWritten() {
        assertThat(rescore("--verifier", "nothing").err())
                .contains("there is no verifier for kind nothing; there are: ");
        assertThat(rescore("--verifier", "exact", "--as", "bare").err())
                .contains("verifier exact can judge none of the tasks (")
                .contains("give what it needs with --set input=value");
        assertThat(rescore("--set", "groups.minMeanRewrad=1").err()).contains("groups.minMeanRewrad: unknown key");
    }

    @Test
    void aLogThatContradictsItselfIsAFinding() {
        // Given
        TestRun odd = TestRun.reinforcement(log, "re-odd", "re-warm-up");
        new TestGroups(odd).filtered(0, 0, "for no reason", R, W, R, W);

        // When
        TestLog.Result result = log.tracerl("rescore", "--run", "re-odd");

        // Then
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("WRONG: re-odd-t-000000 did not go to the trainer, but by the run's rules it does");
    }

    private TestLog.Result rescore(String... more) {
        return log.tracerl(Stream.concat(Stream.of("rescore", "--run", "re"), Stream.of(more))
                .toArray(String[]::new));
    }
}
