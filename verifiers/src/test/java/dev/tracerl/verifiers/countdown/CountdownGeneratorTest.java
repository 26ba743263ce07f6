package dev.tracerl.verifiers.countdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.verifiers.Verdict;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountdownGeneratorTest {

    private static final List<CountdownTask> TEST = PublicCountdown.tasks();

    @Test
    void publicSetHas256TasksOfThreeNumbers() {
        // Then
        assertThat(TEST).hasSize(256).allMatch(task -> task.numbers().size() == 3);
        assertThat(TEST.get(0)).isEqualTo(new CountdownTask(List.of(30, 100, 93), 23));
        assertThat(TEST.get(0).task("t/0").prompt()).isEqualTo("30,100,93=23");
    }

    @Test
    void trainingAndValidationTasksAreDisjointFromAllTestTasksAndFromEachOther() {
        // Given
        CountdownGenerator generator = new CountdownGenerator(7, TEST);

        // When
        List<CountdownDemonstration> training = generator.next(20_000);
        List<CountdownDemonstration> validation = generator.next(1000);

        // Then
        Set<CountdownTask> seen =
                new HashSet<>(TEST.stream().map(CountdownTask::canonical).toList());
        training.forEach(shown -> assertThat(seen.add(shown.task().canonical())).isTrue());
        validation.forEach(
                shown -> assertThat(seen.add(shown.task().canonical())).isTrue());
    }

    @Test
    void demonstrationsAreCorrect() {
        // Given
        CountdownVerifier verifier = new CountdownVerifier();

        // When
        List<CountdownDemonstration> tasks = new CountdownGenerator(1, TEST).next(2000);

        // Then
        assertThat(tasks)
                .allSatisfy(shown -> assertThat(verifier.verify(shown.task().task("t/0"), shown.expression()))
                        .isInstanceOf(Verdict.Correct.class));
        assertThat(tasks).anyMatch(shown -> shown.expression().contains("("));
        assertThat(tasks).anyMatch(shown -> shown.expression().contains("/"));
    }

    @Test
    void numbersAndTargetsAreDistributedAsInThePublicSet() {
        // When
        List<CountdownTask> tasks = new CountdownGenerator(1, TEST)
                .next(4000).stream().map(CountdownDemonstration::task).toList();

        // Then: standard errors of the public means are about 1.0 and 1.7
        assertThat(tasks).allMatch(task -> task.target() >= 1 && task.target() <= 100);
        assertThat(tasks.stream().flatMap(task -> task.numbers().stream())).allMatch(n -> n >= 1 && n <= 100);
        assertThat(meanNumber(tasks)).isCloseTo(meanNumber(TEST), within(3.0));
        assertThat(meanTarget(tasks)).isCloseTo(meanTarget(TEST), within(5.0));
    }

    @Test
    void oneSeedGivesTheSameTasks() {
        // When
        List<CountdownDemonstration> first = new CountdownGenerator(3, TEST).next(50);
        List<CountdownDemonstration> again = new CountdownGenerator(3, TEST).next(50);
        List<CountdownDemonstration> other = new CountdownGenerator(4, TEST).next(50);

        // Then
        assertThat(first).isEqualTo(again).isNotEqualTo(other);
        assertThat(first.get(0))
                .isEqualTo(new CountdownDemonstration(new CountdownTask(List.of(18, 46, 41), 13), "41+18-46"));
    }

    private static double meanNumber(Collection<CountdownTask> tasks) {
        return tasks.stream()
                .flatMap(task -> task.numbers().stream())
                .mapToInt(Integer::intValue)
                .average()
                .orElseThrow();
    }

    private static double meanTarget(Collection<CountdownTask> tasks) {
        return tasks.stream().mapToInt(CountdownTask::target).average().orElseThrow();
    }
}
