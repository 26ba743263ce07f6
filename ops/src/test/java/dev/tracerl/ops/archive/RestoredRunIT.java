package dev.tracerl.ops.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.ops.log.TestGroups;
import dev.tracerl.ops.log.TestGroups.Answer;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightFolder;
import dev.tracerl.schemas.weights.WeightReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with a restored run that was archived before its end, whose weights are files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoredRunIT {

    private final TestLog log = TestLog.shared();

    private Path folder;
    private Path weights;

    @BeforeAll
    void archiveAndRestoreARun(@TempDir Path temporary) throws Exception {
        folder = temporary;
        weights = Files.createDirectory(folder.resolve("weights"));
        TestRun.warmUp(log, "back-warm-up");
        TestRun run = TestRun.inFiles(log, "back", "back-warm-up");
        SourceFiles files = new SourceFiles("back", new WeightFolder(weights), log::send);
        files.version(0);
        train(run);
        files.version(1);
        files.version(2);
        files.state(2);
        run.status(RunState.RUNNING, null);
        tracerl("rescore", "--run", "back", "--verifier", "exact", "--set", "answer=12", "--as", "twelve");
        String archive = folder.resolve("archive").toString();
        TestLog.Result archived = tracerl("archive", "--run", "back", "--to", archive, "--json");
        TestLog.Result restored = tracerl("restore", "--from", archive, "--as", "copy");
        assertThat(archived.json().get("files").asLong()).as(archived.err()).isEqualTo(5);
        assertThat(restored.out().lines())
                .as(restored.err())
                .endsWith("To train on: tracerl fork --run copy --at 2 --as NAME");
    }

    private static TestRun train(TestRun run) {
        Answer[] answers = {Answer.RIGHT, Answer.WRONG, Answer.RIGHT, Answer.CUT};
        TestGroups groups = new TestGroups(run);
        long first = groups.accepted(0, 0, List.of(1.0, -1.0, 1.0, -1.0), answers);
        groups.filtered(1, 0, "all rewards are 1.00", Answer.RIGHT, Answer.RIGHT, Answer.RIGHT, Answer.RIGHT);
        long second = groups.accepted(2, 1, List.of(1.0, -1.0, 1.0, -1.0), answers);
        return run.step(1, first, first + 1, groups.id(0)).step(2, second, second + 1, groups.id(2));
    }

    @Test
    void itIsListedAndAuditedAsTheFirstOne() {
        // When
        JsonNode row = row(tracerl("runs", "--json").json(), "copy");
        TestLog.Result first = tracerl("audit", "--run", "back");
        TestLog.Result copy = tracerl("audit", "--run", "copy");

        // Then
        assertThat(row.get("state").asText()).as("it was not over").isEqualTo("FAILED");
        assertThat(row.get("version").asLong()).isEqualTo(1);
        assertThat(copy.out()).isEqualTo(first.out().replace("Run back ", "Run copy "));
        assertThat(copy.code()).isEqualTo(first.code());
    }

    private static JsonNode row(JsonNode runs, String runId) {
        return Stream.iterate(0, index -> index + 1)
                .limit(runs.size())
                .map(runs::get)
                .filter(run -> run.get("runId").asText().equals(runId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void weightsAndTrajectoriesAreExplained() {
        // When
        TestLog.Result ofWeights = tracerl("explain", "--weights", "copy@2");
        TestLog.Result ofTrajectory = tracerl("explain", "--run", "copy", "--trajectory", "back-t-000002/1");

        // Then
        assertThat(ofWeights.out())
                .contains("run copy, TRACERL, versions 0-2")
                .contains("read           copy.training-groups-0, offsets 0 to 1, 2 records");
        assertThat(ofTrajectory.out())
                .startsWith("Trajectory back-t-000002/1 of run copy")
                .contains("  step           2");
    }

    @Test
    void otherVerdictsOfTheRunAreThere() {
        // Given
        List<String> first = verdicts("back");

        // Then
        assertThat(verdicts("copy")).hasSize(12).containsExactlyInAnyOrderElementsOf(first);
        assertThat(log.read(RunTopics.of("copy").rescoredVerdicts("twelve")))
                .allSatisfy(verdict -> assertThat(verdict.getRunId()).isEqualTo("copy"));
    }

    private List<String> verdicts(String run) {
        return log.read(RunTopics.of(run).rescoredVerdicts("twelve")).stream()
                .map(verdict -> verdict.getTrajectoryId() + " " + verdict.getOutcome())
                .toList();
    }

    @Test
    void everyTrajectoryIsExported() {
        // When
        JsonNode report = tracerl(
                        "export",
                        "--run",
                        "copy",
                        "--to",
                        folder.resolve("rows").toString(),
                        "--json")
                .json();

        // Then
        assertThat(report.at("/tables/trajectories/rows").asLong()).isEqualTo(12);
        assertThat(report.at("/unreadable").asLong()).isZero();
    }

    @Test
    void itDoesNotGoOnAndSaysWhatDoes() {
        // When
        TestLog.Result started = tracerl("start", "--run", "copy", "--detach", "--deployment", "back-none");

        // Then
        assertThat(started.code()).isEqualTo(1);
        assertThat(started.out())
                .contains("run copy is over, FAILED: restored from an archive of ")
                .contains("train on with tracerl fork --run copy --at 2 --as NAME");
        assertThat(TopicReader.latest(log.connection(), log.serdes(), Topics.ASSIGNMENTS))
                .doesNotContainKey("back-none");
    }

    @Test
    void aForkStartsFromItsOwnCopyOfTheBytes() throws Exception {
        // Given
        WeightManifest first =
                new RunWeights(log.connection(), log.serdes(), "back").history().get(2L);
        Files.delete(weights.resolve(first.getLocation()));

        // When
        TestLog.Result forked = tracerl("fork", "--run", "copy", "--at", "2", "--as", "copy-on");
        TestLog.Result started = tracerl("start", "--run", "copy-on", "--detach", "--deployment", "copy-on");

        // Then
        assertThat(forked.code()).as(forked.err()).isZero();
        assertThat(started.out()).contains("run copy-on goes on, on deployment copy-on");
        InitialWeights initial = TopicReader.latest(log.connection(), log.serdes(), Topics.RUNS)
                .get("copy-on")
                .getModel()
                .getInitial();
        WeightManifest copied = new RunWeights(log.connection(), log.serdes(), initial.getRunId())
                .history()
                .get(initial.getVersion());
        assertThat(initial.getRunId()).isEqualTo("copy");
        assertThat(bytes(copied)).isEqualTo(SourceFiles.bytes(2));
    }

    private byte[] bytes(WeightManifest manifest) {
        try (WeightReader reader = new StoredWeights(log.connection().with(Optional.of(weights)), log.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            return bytes.toArray();
        }
    }

    private TestLog.Result tracerl(String... arguments) {
        return log.tracerl(Stream.concat(Stream.of(arguments), Stream.of("--weight-folder", weights.toString()))
                .toArray(String[]::new));
    }
}
