package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TaskSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingTasksTest {

    private static final int COUNT = 500;

    private final RunSpec run = Runs.run();

    @Test
    void anEpochVisitsEveryTaskOnceInAShuffledOrder() {
        // Given
        TaskOrder order = new TaskOrder(7, "set", COUNT);

        // When
        List<Integer> visited = visited(order, 3);

        // Then
        assertThat(visited)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, COUNT).boxed().toList());
        assertThat(visited).isNotEqualTo(IntStream.range(0, COUNT).boxed().toList());
    }

    @Test
    void theOrderDependsOnSeedSetAndEpochOnly() {
        // Given
        TaskOrder order = new TaskOrder(7, "set", COUNT);
        List<Integer> visited = visited(order, 3);

        // When
        visited(order, 4);

        // Then
        assertThat(visited(order, 3)).isEqualTo(visited);
        assertThat(visited(order, 4)).isNotEqualTo(visited);
        assertThat(visited(new TaskOrder(8, "set", COUNT), 3)).isNotEqualTo(visited);
        assertThat(visited(new TaskOrder(7, "other", COUNT), 3)).isNotEqualTo(visited);
    }

    @Test
    void passesAreCounted() {
        // Given
        run.getGroups().setMaxLag(Runs.TASKS - 1);
        AdmissionBench bench = new AdmissionBench(run);

        // When
        bench.published(0);

        // Then
        assertThat(bench.training())
                .extracting(RolloutRequest::getEpoch)
                .containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void setsAreMixedByWeight() {
        // Given
        run.setTasks(List.of(new TaskSet("a", 10, 3.0), new TaskSet("b", 10, 1.0)));
        run.getGroups().setMaxLag(19);
        AdmissionBench bench = new AdmissionBench(run);
        for (int index = 0; index < 10; index++) {
            bench.tasks.put("a/" + index, Records.task("a", index));
            bench.tasks.put("b/" + index, Records.task("b", index));
        }

        // When
        bench.published(0);

        // Then
        assertThat(bench.training().stream().map(request -> request.getTask().getSet()))
                .startsWith("a", "a", "a", "b", "a", "a", "a", "b")
                .hasSize(40);
    }

    @Test
    void aSetWithoutUsableTasksIsGivenUp() {
        // Given
        run.setTasks(List.of(new TaskSet("none", 1000, 1000.0), new TaskSet(Runs.TRAIN, Runs.TASKS, 1.0)));
        AdmissionBench bench = new AdmissionBench(run);

        // When
        bench.published(0);

        // Then
        assertThat(bench.training())
                .extracting(request -> request.getTask().getSet())
                .containsExactly(Runs.TRAIN, Runs.TRAIN);
        assertThat(bench.state().getExhausted()).containsExactly("none");
        assertThat(bench.outbox.refused).hasSize(1000);
    }

    private static List<Integer> visited(TaskOrder order, int epoch) {
        return IntStream.range(0, COUNT)
                .mapToObj(position -> order.task(epoch, position))
                .toList();
    }
}
