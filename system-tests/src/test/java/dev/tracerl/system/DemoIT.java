package dev.tracerl.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A short demo on the packaged stack, and what it left on the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {

    private static final int STEPS = 3;

    private CommandLine tracerl;
    private RunLog log;
    private String output;
    private JsonNode summary;

    @BeforeAll
    void runTheDemo(@TempDir Path folder) throws Exception {
        Path dataDir = folder.resolve("data");
        Path json = folder.resolve("summary.json");
        tracerl = new CommandLine(dataDir);
        output = tracerl.run(
                Duration.ofMinutes(15),
                "demo",
                "--steps",
                String.valueOf(STEPS),
                "--keep-running",
                "--json",
                json.toString());
        log = new RunLog(new Stack(dataDir).connection(), "sudoku");
        summary = new ObjectMapper().readTree(json.toFile());
    }

    @AfterAll
    void stop() throws InterruptedException {
        tracerl.run(Duration.ofMinutes(2), "down");
    }

    @Test
    void everyGroupAndStepIsAccountedForOnce() {
        Accounting.assertComplete(log);
        assertThat(log.steps()).hasSize(STEPS);
    }

    @Test
    void theSummarySaysWhatTheLogSays() {
        // Given
        long requested = log.requests(Purpose.TRAINING).stream()
                .mapToLong(request -> request.getSamples())
                .sum();
        long accepted = log.outcomeCounts().getOrDefault(Outcome.ACCEPTED, 0L);
        List<Evaluation> evaluations = log.all(log.topics().evaluations()).stream()
                .filter(evaluation -> evaluation.getSet().equals("sudoku-test"))
                .filter(evaluation -> evaluation.getVersion() == STEPS)
                .toList();

        // Then
        assertThat(summary.at("/steps/rl").asLong()).isEqualTo(STEPS);
        assertThat(summary.at("/trajectories/requested").asLong()).isEqualTo(requested);
        assertThat(summary.at("/trajectories/accepted").asLong())
                .isEqualTo(accepted * log.requests(Purpose.TRAINING).get(0).getSamples());
        assertThat(summary.at("/finalVersion").asLong()).isEqualTo(STEPS);
        assertThat(summary.at("/finalSha256").asText())
                .isEqualTo(log.manifest(STEPS).getSha256());
        assertThat(summary.at("/evaluated").asInt()).isEqualTo(256);
        assertThat(evaluations).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.getSamples()).isEqualTo(256);
            assertThat(summary.at("/accuracy/final").asDouble()).isEqualTo(evaluation.getAccuracy());
        });
    }

    @Test
    void theFinalWeightsAreFollowedBackToRandomOnes() throws Exception {
        assertThat(tracerl.run(Duration.ofMinutes(3), "explain", "--weights", "sudoku@" + STEPS))
                .contains("Weights sudoku@" + STEPS + "  sha256 "
                        + log.manifest(STEPS).getSha256())
                .contains("run sudoku-warmup, SFT, versions 0-")
                .endsWith("base: random weights, seed 1\nThe chain is complete.\n");
    }

    @Test
    void theSameVerifierJudgesTheLogAsItWasJudged() throws Exception {
        assertThat(tracerl.run(Duration.ofMinutes(3), "rescore", "--run", "sudoku", "--verifier", "sudoku"))
                .contains("verdicts            0 changed")
                .endsWith("Nothing would have changed.\n");
    }

    @Test
    void whatIsRestoredIsReplayedAndForkedWithItsWeightsOnTheLogAndInFiles(@TempDir Path folder) throws Exception {
        // When
        archiveAndRestore("sudoku", folder, "copy");
        tracerl.run(
                Duration.ofMinutes(5),
                ("fork --run copy --at 3 --as fork --start --keep-optimizer --set weights.store=FILE --set stop.maxSteps=1"
                                + " --set groups.groupsPerStep=4 --set evaluation[*].count=8"
                                + " --set stop.targetAccuracy=null --set stop.targetSet=null")
                        .split(" "));
        archiveAndRestore("fork", folder, "fork-copy");

        // Then
        for (String run : List.of("copy", "fork-copy")) {
            assertThat(tracerl.run(Duration.ofMinutes(3), "replay", "--run", run, "--to", "1"))
                    .endsWith("all 1 published versions have their recorded sha256\n");
            assertThat(tracerl.run(Duration.ofMinutes(1), "audit", "--run", run))
                    .endsWith("Everything is accounted for.\n");
            assertThat(tracerl.run(Duration.ofMinutes(1), "explain", "--weights", run + "@1"))
                    .endsWith("The chain is complete.\n");
        }
    }

    private void archiveAndRestore(String run, Path folder, String copy) throws Exception {
        String archive = folder.resolve(run).toString();
        tracerl.run(Duration.ofMinutes(2), "archive", "--run", run, "--to", archive);
        assertThat(tracerl.run(Duration.ofMinutes(2), "restore", "--from", archive, "--as", copy))
                .contains("To train on: tracerl fork --run " + copy + " --at ");
    }

    @Test
    void plainOutputHasNoControlCharacters() {
        assertThat(output.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
    }

    @Test
    void recordedLogProbabilitiesAreTheTrainersAtLagZero() {
        // Given
        RunSpec run = log.all(Topics.RUNS).stream()
                .filter(spec -> spec.getRunId().equals("sudoku"))
                .findFirst()
                .orElseThrow();
        List<Trajectory> firstPolicy = log.all(log.topics().trajectories()).stream()
                .filter(trajectory -> trajectory.getPurpose() == Purpose.TRAINING)
                .filter(trajectory -> Arrays.stream(Packed.longs(trajectory.getBlockVersions()))
                        .allMatch(version -> version == 0))
                .limit(128)
                .toList();

        // When
        double difference = BehaviorLogProbs.largestDifference(
                firstPolicy, log.weights(0), ModelConfig.fromJson(run.getModel().getConfig()));

        // Then
        assertThat(firstPolicy).hasSizeGreaterThan(16);
        assertThat(difference).isLessThan(1e-4);
    }
}
