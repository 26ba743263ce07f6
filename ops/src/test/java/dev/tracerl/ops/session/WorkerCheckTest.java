package dev.tracerl.ops.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.ops.stack.SlowVerifier;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.verifiers.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerCheckTest {

    private static final Map<String, Verifier> ABLE = Map.of(
            "code", new SlowVerifier("code", Optional.empty()), "math", new SlowVerifier("math", Optional.empty()));
    private static final Map<String, Verifier> NO_SANDBOX = Map.of(
            "code",
            new SlowVerifier("code", Optional.of("bwrap is missing")),
            "math",
            new SlowVerifier("math", Optional.empty()));

    @Test
    void aRunThatNeedsWorkersIsRefusedWithoutOne() {
        // When
        Optional<String> problem = new WorkerCheck(ABLE, 0).problem(run("a"), List.of(task("a", "code")));

        // Then
        assertThat(problem)
                .hasValue("run sudoku has tasks of kind code, which only workers can judge, and the stack has none: "
                        + "start it with tracerl up --verifiers 1");
    }

    @Test
    void tasksOfEvaluationsCountAndThoseOfOtherRunsDoNot() {
        // Given
        RunSpec run = run("a");
        String evaluated = run.getEvaluation().get(0).getSet();

        // When // Then
        assertThat(new WorkerCheck(ABLE, 0).problem(run, List.of(task(evaluated, "math"))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("of kind math"));
        assertThat(new WorkerCheck(ABLE, 0).problem(run, List.of(task("a", "sudoku"), task("b", "code"))))
                .isEmpty();
    }

    @Test
    void aKindThatThisHostCannotJudgeIsRefusedWhereItIsWanted() {
        // When
        Optional<String> code = new WorkerCheck(NO_SANDBOX, 1).problem(run("a"), List.of(task("a", "code")));
        Optional<String> math = new WorkerCheck(NO_SANDBOX, 1).problem(run("a"), List.of(task("a", "math")));

        // Then
        assertThat(code).hasValue("run sudoku: bwrap is missing");
        assertThat(math).isEmpty();
    }

    private static RunSpec run(String set) {
        List<PlannedRun> runs = RunFile.read(Path.of("..", "runs", "sudoku.yaml"), documents -> {});
        RunSpec run = runs.get(1).spec();
        run.setTasks(
                List.of(TaskSet.newBuilder(run.getTasks().get(0)).setSet(set).build()));
        return run;
    }

    private static Task task(String set, String kind) {
        return Task.newBuilder()
                .setTaskId(set + "/0")
                .setSet(set)
                .setIndex(0)
                .setKind(kind)
                .setPrompt("")
                .setInputs(Map.of())
                .build();
    }
}
