package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.CurriculumSpec;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.state.TaskReward;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class CurriculumTest {

    private static final Set<String> EASY = Set.of("toy-train/0", "toy-train/1", "toy-train/2");

    private final RunSpec run = Runs.run();
    private final CurriculumSpec curriculum = CurriculumSpec.newBuilder()
            .setMinMeanReward(0.2)
            .setMaxMeanReward(0.8)
            .setExplore(0)
            .build();
    private final AdmissionBench bench = new AdmissionBench(run);

    @Test
    void withoutOneEveryPassVisitsEveryTask() {
        // Given
        bench.published(0);

        // When
        play(bench, 4 * Runs.TASKS, CurriculumTest::easy);

        // Then
        assertThat(drawn(bench, 2 * Runs.TASKS, 3 * Runs.TASKS)).hasSize(Runs.TASKS);
        assertThat(bench.rewards.isEmpty()).isTrue();
    }

    @Test
    void tasksOutsideOfTheBandArePassedOver() {
        // Given
        on(bench);

        // When
        play(bench, 60, CurriculumTest::easy);

        // Then
        assertThat(drawn(bench, 2 * Runs.TASKS, 60)).hasSize(3).doesNotContainAnyElementsOf(EASY);
        assertThat(bench.outbox.statuses).extracting(RunStatus::getReason).containsOnly("running");
    }

    @Test
    void exploringDrawsBringTasksBackWhenTheyHaveChanged() {
        // Given
        curriculum.setExplore(0.3);
        curriculum.setNewest(1.0);
        on(bench);
        play(bench, 60, CurriculumTest::easy);

        // When
        play(bench, 200, task -> 0.5);

        // Then
        assertThat(drawn(bench, 180, 200)).hasSize(Runs.TASKS);
    }

    @Test
    void theShareOfDrawsThatExploreIsTheOneOfTheRun() {
        // Given
        curriculum.setExplore(0.25);
        run.getGroups().setCurriculum(curriculum);
        Curriculum rule = new Curriculum(run, bench.parts());

        // When
        long exploring = 0;
        for (long draw = 0; draw < 10_000; draw++) {
            exploring += rule.explores(Runs.TRAIN, draw) ? 1 : 0;
        }

        // Then
        assertThat(exploring / 10_000.0).isCloseTo(0.25, within(0.02));
    }

    @Test
    void theMeanIsAnExponentialAverageFromTheFirstGroupOn() {
        // Given
        curriculum.setNewest(0.25);
        curriculum.setExplore(1);
        run.setTasks(List.of(new TaskSet(Runs.TRAIN, 1, 1.0)));
        bench.restart();
        on(bench);

        // When
        bench.filter(bench.training().get(0), 1.0);
        bench.filter(bench.training().get(1), 0.0);
        bench.filter(bench.training().get(2), 0.5);

        // Then
        assertThat(bench.rewards.find("toy-train/0")).contains(new TaskReward(0.6875, 3L));
    }

    @Test
    void wantOfVerdictsIsNotLackOfSkill() {
        // Given
        run.getGroups().setNonRewards(NonRewardRule.INCORRECT);
        on(bench);
        List<SampleOutcome> unanswered = List.of(
                new SampleOutcome(0, SampleResult.TIMED_OUT, 0.0, "nobody answered"),
                new SampleOutcome(1, SampleResult.FAILED, 0.0, "no sandbox"));
        List<SampleOutcome> oneOfTwo = List.of(
                new SampleOutcome(0, SampleResult.REWARDED, 0.0, null),
                new SampleOutcome(1, SampleResult.TIMED_OUT, 0.0, "nobody answered"));

        // When
        bench.end(bench.training().get(0), Outcome.FILTERED, unanswered);
        bench.end(bench.training().get(1), Outcome.FILTERED, oneOfTwo);
        bench.end(bench.training().get(2), Outcome.DEAD, rewarded(0.0, 0.0));

        // Then
        assertThat(bench.rewards.isEmpty()).isTrue();
    }

    @Test
    void onlyWhatWasJudgedIsInTheMean() {
        // Given
        run.getGroups().setSamplesPerGroup(3);
        on(bench);
        List<SampleOutcome> samples = new ArrayList<>(rewarded(1.0, 0.0));
        samples.add(new SampleOutcome(2, SampleResult.TIMED_OUT, 0.0, "nobody answered"));

        // When
        bench.end(bench.training().get(0), Outcome.FILTERED, samples);

        // Then
        String task = bench.training().get(0).getTask().getTaskId();
        assertThat(bench.rewards.find(task)).contains(new TaskReward(0.5, 1L));
    }

    @Test
    void aBandWithoutAnyTaskIsIgnoredAndTheStatusSaysSo() {
        // Given
        on(bench);

        // When
        play(bench, 40, task -> 1.0);

        // Then
        assertThat(drawn(bench, 20, 20 + 2 * Runs.TASKS)).hasSize(Runs.TASKS);
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
        assertThat(bench.status().getReason())
                .isEqualTo("running; tasks are drawn in spite of the curriculum, whose band has none of toy-train");
        assertThat(bench.outbox.statuses).hasSize(2);
    }

    @Test
    void theStatusSaysWhenTheBandHasTasksAgain() {
        // Given
        on(bench);
        play(bench, 40, task -> 1.0);

        // When
        play(bench, 80, task -> 0.5);

        // Then
        assertThat(bench.status().getReason()).isEqualTo("running");
    }

    @Test
    void unusableTasksBesideExcludedOnesDoNotEndTheRun() {
        // Given
        for (int index = 3; index < Runs.TASKS; index++) {
            bench.tasks.remove("toy-train/" + index);
        }
        on(bench);

        // When
        play(bench, 60, task -> 1.0);

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
        assertThat(drawn(bench, 30, 33)).isEqualTo(EASY);
        assertThat(bench.outbox.refused).hasSize(3);
        assertThat(bench.state().getExhausted()).isEmpty();
    }

    @Test
    void passedOverTasksDoNotChangeTheMixtureOfTheSets() {
        // Given
        run.setTasks(List.of(new TaskSet("a", 10, 1.0), new TaskSet("b", 10, 1.0)));
        AdmissionBench mixed = new AdmissionBench(run);
        for (int index = 0; index < 10; index++) {
            mixed.tasks.put("a/" + index, Records.task("a", index));
            mixed.tasks.put("b/" + index, Records.task("b", index));
        }
        on(mixed);

        // When
        play(mixed, 200, task -> task.startsWith("a/") && !task.equals("a/7") ? 1.0 : 0.5);

        // Then
        List<RolloutRequest> later = mixed.training().subList(100, 200);
        assertThat(later)
                .filteredOn(request -> request.getTask().getSet().equals("a"))
                .hasSize(50);
        assertThat(later.stream().map(request -> request.getTask().getTaskId()))
                .filteredOn(task -> task.startsWith("a/"))
                .containsOnly("a/7");
    }

    @Test
    void aRestartAfterEveryEventChangesNothing() {
        // Given
        curriculum.setExplore(0.2);
        AdmissionBench restarted = new AdmissionBench(run);
        on(bench);
        on(restarted);

        // When
        play(bench, 100, CurriculumTest::easy);
        for (int group = 1; group <= 100; group++) {
            restarted.restart();
            play(restarted, group, CurriculumTest::easy);
        }

        // Then
        assertThat(restarted.outbox.requests).isEqualTo(bench.outbox.requests);
        assertThat(restarted.outbox.statuses).isEqualTo(bench.outbox.statuses);
    }

    private static List<SampleOutcome> rewarded(double first, double second) {
        return List.of(
                new SampleOutcome(0, SampleResult.REWARDED, first, null),
                new SampleOutcome(1, SampleResult.REWARDED, second, null));
    }

    private void on(AdmissionBench on) {
        run.getGroups().setCurriculum(curriculum);
        on.restart();
        on.published(0);
    }

    /** Ends the groups up to a number, in order, with a reward by task. */
    private static void play(AdmissionBench bench, int groups, ToDoubleFunction<String> rewards) {
        for (int group = (int) bench.state().getReturned(); group < groups; group++) {
            RolloutRequest request = bench.training().get(group);
            bench.filter(request, rewards.applyAsDouble(request.getTask().getTaskId()));
        }
    }

    private static double easy(String task) {
        return EASY.contains(task) ? 1.0 : 0.5;
    }

    private static Set<String> drawn(AdmissionBench bench, int from, int to) {
        return Set.copyOf(bench.training().subList(from, to).stream()
                .map(request -> request.getTask().getTaskId())
                .toList());
    }
}
