package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.CurriculumSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TaskSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunCheckTest {

    private final RunSpec run = Runs.run();

    @Test
    void aGoodRunHasNoProblems() {
        // Given
        run.getEvaluation().add(Runs.plan(1, 1, 0));
        run.getStop().setTargetSet(Runs.TEST);
        run.getStop().setTargetAccuracy(0.9);

        // When
        List<String> problems = RunCheck.problems(run);

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void allProblemsAreListed() {
        // Given
        run.getGroups().setGroupsPerStep(0);
        run.getGroups().setMaxLag(-1);
        run.getStop().setMaxSteps(-1);

        // When
        List<String> problems = RunCheck.problems(run);

        // Then
        assertThat(problems)
                .containsExactly(
                        "groups.groupsPerStep is 0, must be at least 1",
                        "groups.maxLag is -1, must be at least 0",
                        "stop.maxSteps is -1, must be at least 0");
    }

    @Test
    void trainingRulesDoNotConcernOtherMethods() {
        // Given
        run.setMethod(Method.SFT);
        run.setTasks(List.of());
        run.getGroups().setGroupsPerStep(0);

        // When
        List<String> problems = RunCheck.problems(run);

        // Then
        assertThat(problems).isEmpty();
    }

    static Stream<Arguments> wrongRuns() {
        return Stream.of(
                wrong(run -> run.setMethod(Method.UNKNOWN), "method is unknown to this version"),
                wrong(run -> run.setTasks(List.of()), "tasks is empty"),
                wrong(run -> run.setTasks(List.of(new TaskSet("a", 0, 1.0))), "tasks.a.count is 0, must be at least 1"),
                wrong(run -> run.setTasks(List.of(new TaskSet("a", 1, 0.0))), "tasks.a.weight is 0.0"),
                wrong(
                        run -> run.setTasks(List.of(new TaskSet("a", 1, 1.0), new TaskSet("a", 2, 1.0))),
                        "tasks names a task set twice"),
                wrong(run -> run.getSampler().setBlockSize(0), "sampler.blockSize is 0, must be at least 1"),
                wrong(
                        run -> {
                            run.setDeterministic(true);
                            run.getGroups().setMaxLag(1);
                        },
                        "deterministic needs groups.maxLag 0"),
                wrong(run -> run.getGroups().setMinMeanReward(2), "groups.minMeanReward is above groups.maxMeanReward"),
                wrong(
                        run -> run.getGroups().setNonRewards(NonRewardRule.UNKNOWN),
                        "groups.nonRewards is unknown to this version, use EXCLUDE_SAMPLE, INCORRECT or EXCLUDE_GROUP"),
                wrong(
                        run -> run.getEvaluation().add(Runs.plan(0, 1, 0)),
                        "evaluation.toy-test.count is 0, must be at least 1"),
                wrong(
                        run -> {
                            run.getStop().setTargetSet("x");
                            run.getStop().setTargetAccuracy(1.0);
                        },
                        "stop.targetSet is x, which no evaluation plan has"),
                wrong(run -> run.getStop().setTargetAccuracy(1.0), "stop needs both targetSet and targetAccuracy"));
    }

    static Stream<Arguments> wrongCurricula() {
        return Stream.of(
                curriculum(
                        spec -> spec.setMinMeanReward(1.1),
                        "groups.curriculum.minMeanReward is above groups.curriculum.maxMeanReward"),
                curriculum(spec -> spec.setExplore(1.5), "groups.curriculum.explore is 1.5, must be in [0, 1]"),
                curriculum(spec -> spec.setNewest(0), "groups.curriculum.newest is 0.0, must be in (0, 1]"),
                wrong(
                        run -> {
                            run.getGroups()
                                    .setCurriculum(CurriculumSpec.newBuilder().build());
                            run.setDeterministic(true);
                        },
                        "deterministic does not go with groups.curriculum: its draws depend on the order in which groups"
                                + " end"));
    }

    @ParameterizedTest
    @MethodSource({"wrongRuns", "wrongCurricula"})
    void aProblemIsNamed(Consumer<RunSpec> change, String problem) {
        // Given
        change.accept(run);

        // When
        List<String> problems = RunCheck.problems(run);

        // Then
        assertThat(problems).containsExactly(problem);
    }

    private static Arguments curriculum(Consumer<CurriculumSpec> change, String problem) {
        return wrong(
                run -> {
                    CurriculumSpec spec = CurriculumSpec.newBuilder().build();
                    change.accept(spec);
                    run.getGroups().setCurriculum(spec);
                },
                problem);
    }

    private static Arguments wrong(Consumer<RunSpec> change, String problem) {
        return Arguments.of(change, problem);
    }
}
