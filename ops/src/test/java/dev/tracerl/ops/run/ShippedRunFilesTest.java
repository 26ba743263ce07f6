package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.verifiers.countdown.CountdownTask;
import dev.tracerl.verifiers.countdown.PublicCountdown;
import dev.tracerl.verifiers.sudoku.PublicSudoku;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under runs at the root of the project. */
class ShippedRunFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"sudoku", "countdown"})
    void aWarmUpIsFollowedByTraceRlFromItsLastVersion(String task) {
        // Given
        Path file = file(task);

        // When
        List<PlannedRun> runs = RunFile.read(file, documents -> {});

        // Then
        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).spec().getMethod()).isEqualTo(Method.SFT);
        assertThat(runs.get(1).spec().getMethod()).isEqualTo(Method.TRACERL);
        assertThat(runs.get(1).runId()).isEqualTo(task);
        assertThat(runs.get(1).spec().getModel().getInitial().getSource()).isEqualTo(WeightSource.RUN);
        assertThat(runs.get(1).spec().getModel().getInitial().getRunId())
                .isEqualTo(runs.get(0).runId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sudoku", "countdown"})
    void bothRunsReportTheFirst256PublicTasks(String task) {
        // Given
        List<PlannedRun> runs = RunFile.read(file(task), documents -> {});

        // When
        List<Integer> counts = runs.stream()
                .flatMap(run -> run.spec().getEvaluation().stream())
                .filter(plan -> plan.getSet().equals(task + "-test"))
                .map(plan -> plan.getCount())
                .toList();

        // Then
        assertThat(counts).containsExactly(256, 256);
    }

    @Test
    void laterStagesGoOnFromTheRunBeforeWithAnotherBlockAndLongerResponses() {
        // When
        List<RunSpec> runs = RunFile.read(file("sudoku-block8"), documents -> {}).stream()
                .map(PlannedRun::spec)
                .toList();

        // Then
        assertThat(runs).extracting(RunSpec::getRunId).containsExactly("sudoku-block8", "sudoku-long");
        assertThat(runs).extracting(RunSpec::getParent).containsExactly("sudoku", "sudoku-block8");
        assertThat(runs).allSatisfy(run -> {
            ModelConfig config = ModelConfig.fromJson(run.getModel().getConfig());
            assertThat(run.getSampler().getBlockSize())
                    .isEqualTo(8)
                    .isEqualTo(config.blockSize())
                    .isEqualTo(run.getEvaluation().get(0).getSampler().getBlockSize());
            assertThat(run.getSampler().getMaxTokens()).isLessThan(config.maxPositions());
        });
        assertThat(runs.get(1).getEvaluation().get(0).getSampler().getMaxTokens())
                .isEqualTo(48);
    }

    @Test
    void laterStagesLoadTheSameTasks() {
        assertThat(RunFile.read(file("sudoku-block8"), documents -> {}).get(0).data())
                .isEqualTo(RunFile.read(file("sudoku"), documents -> {}).get(0).data());
    }

    @Test
    void noTrainingOrValidationPuzzleIsAmongThePublicTests() {
        // Given
        Set<String> test =
                PublicSudoku.puzzles().stream().map(puzzle -> puzzle.givens()).collect(Collectors.toSet());

        // When
        List<Task> generated = generated("sudoku");

        // Then
        assertThat(generated).hasSizeGreaterThan(1000);
        assertThat(generated).extracting(Task::getPrompt).doesNotContainAnyElementsOf(test);
        assertThat(generated).extracting(Task::getPrompt).doesNotHaveDuplicates();
    }

    @Test
    void noTrainingOrValidationCountdownIsAmongThePublicTestsInAnyOrderOfItsNumbers() {
        // Given
        Set<String> test = PublicCountdown.tasks().stream()
                .map(task -> task.canonical().toString())
                .collect(Collectors.toSet());

        // When
        List<Task> generated = generated("countdown");

        // Then
        assertThat(generated).hasSizeGreaterThan(1000);
        assertThat(generated).extracting(ShippedRunFilesTest::canonical).doesNotContainAnyElementsOf(test);
        assertThat(new HashSet<>(generated.stream().map(Task::getPrompt).toList()))
                .hasSameSizeAs(generated);
    }

    private static String canonical(Task task) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : task.getInputs().get("numbers").split(",")) {
            numbers.add(Integer.valueOf(number));
        }
        return new CountdownTask(numbers, Integer.parseInt(task.getInputs().get("target")))
                .canonical()
                .toString();
    }

    private static List<Task> generated(String task) {
        TaskMaker maker = new TaskMaker();
        return RunFile.read(file(task), documents -> {}).get(0).data().stream()
                .filter(source -> source.origin() == TaskSource.Origin.GENERATED)
                .flatMap(source -> maker.make(source).stream())
                .toList();
    }

    private static Path file(String task) {
        return Path.of("..", "runs", task + ".yaml");
    }
}
