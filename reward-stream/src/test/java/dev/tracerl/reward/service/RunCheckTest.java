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
                        "groups.groupsPerStep must be at least 1, not 0",
                        "groups.maxLag must be at least 0, not -1",
                        "stop.maxSteps must be at least 0, not -1");
    }

    @Test
    void trainingRulesDoNotConcernOtherMethods() {
        // Given
        run.setMethod(Method.SFT);
        run.setTasks(List.of());
        run.getGroups().setTimeoutMillis(0);

        // When
        List<String> problems = RunCheck.problems(run);

        // Then
        assertThat(problems).isEmpty();
    }

    static Stream<Arguments> wrongRuns() {
        return Stream.of(
                wrong(run -> run.setMethod(Method.UNKNOWN), "method is unknown to this version"),
                wrong(run -> run.setTasks(List.of()), "tasks must name a task set at least"),
                wrong(
                        run -> run.setTasks(List.of(new TaskSet("a", 0, 1.0))),
                        "tasks[0].count must be at least 1, not 0"),
                wrong(
                        run -> run.setTasks(List.of(new TaskSet("a", 1, 0.0))),
                        "tasks[0].weight must be finite and above 0, not 0.0"),
                wrong(
                        run -> run.setTasks(List.of(new TaskSet("a", 1, 1.0), new TaskSet("a", 2, 1.0))),
                        "tasks names a task set twice"),
                wrong(run -> run.getSampler().setBlockSize(0), "sampler.blockSize must be at least 1, not 0"),
                wrong(
                        run -> {
                            run.setDeterministic(true);
                            run.getGroups().setMaxLag(1);
                        },
                        "groups.maxLag must be 0 in a deterministic run, not 1"),
                wrong(
                        run -> run.getGroups().setMinMeanReward(2),
                        "groups.minMeanReward must be at most groups.maxMeanReward, which is 1.0, not 2.0"),
                wrong(
                        run -> run.getGroups().setNonRewards(NonRewardRule.UNKNOWN),
                        "groups.nonRewards is unknown to this version, use EXCLUDE_SAMPLE, INCORRECT or EXCLUDE_GROUP"),
                wrong(
                        run -> run.getEvaluation().add(Runs.plan(0, 1, 0)),
                        "evaluation[0].count must be at least 1, not 0"),
                wrong(
                        run -> {
                            run.getStop().setTargetSet("x");
                            run.getStop().setTargetAccuracy(1.0);
                        },
                        "stop.targetSet must be a set of the evaluation plan, not 'x'"),
                wrong(run -> run.getStop().setTargetAccuracy(1.0), "stop needs both targetSet and targetAccuracy"));
    }

    static Stream<Arguments> wrongCurricula() {
        return Stream.of(
                curriculum(
                        spec -> spec.setMinMeanReward(1.1),
                        "groups.curriculum.minMeanReward must be at most groups.curriculum.maxMeanReward, which is 1.0, not 1.1"),
                curriculum(spec -> spec.setExplore(1.5), "groups.curriculum.explore must be in [0, 1], not 1.5"),
                curriculum(spec -> spec.setNewest(0), "groups.curriculum.newest must be in (0, 1], not 0.0"),
                wrong(
                        run -> {
                            run.getGroups()
                                    .setCurriculum(CurriculumSpec.newBuilder().build());
                            run.setDeterministic(true);
                        },
                        "groups.curriculum does not go with deterministic: its draws depend on the order in which groups"
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
