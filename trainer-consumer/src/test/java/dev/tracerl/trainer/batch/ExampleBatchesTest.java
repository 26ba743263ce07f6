package dev.tracerl.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.trainer.support.Examples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleBatchesTest {

    @Test
    void examplesStayInOrderWithinTheLimit() {
        // Given
        List<Example> examples = List.of(Examples.ofRows("a", 10), Examples.ofRows("b", 30), Examples.ofRows("c", 11));

        // When
        List<List<Example>> parts = ExampleBatches.of(examples, 40);

        // Then
        assertThat(parts).extracting(Examples::ids).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void textInCommonCountsOnce() {
        // Given
        List<Example> examples = List.of(Examples.after(7, "a"), Examples.after(7, "b"), Examples.after(8, "c"));

        // When
        List<List<Example>> parts = ExampleBatches.of(examples, 6);

        // Then
        assertThat(parts).extracting(Examples::ids).containsExactly(List.of("a", "b"), List.of("c"));
        assertThat(parts).extracting(ExampleBatches::rows).containsExactly(6, 4);
    }

    @Test
    void anExampleBeyondTheLimitIsAlone() {
        // Given
        List<Example> examples = List.of(Examples.ofRows("huge", 100), Examples.ofRows("a", 3));

        // When
        List<List<Example>> parts = ExampleBatches.of(examples, 20);

        // Then
        assertThat(parts).extracting(Examples::ids).containsExactly(List.of("huge"), List.of("a"));
    }

    @Test
    void longExamplesWithoutCleanTextAreCutBetweenTheirCopies() {
        // Given
        List<Example> examples = List.of(Examples.ofCopies("long", 5, 10), Examples.ofCopies("short", 2, 10));

        // When
        List<List<Example>> parts = ExampleBatches.of(examples, 25);

        // Then
        assertThat(parts)
                .extracting(Examples::ids)
                .containsExactly(List.of("long"), List.of("long"), List.of("long"), List.of("short"));
        assertThat(parts).extracting(ExampleBatches::rows).containsExactly(20, 20, 10, 20);
    }

    @Test
    void numbersOfPiecesAreJoinedInOrder() {
        // Given
        List<Example> examples = List.of(Examples.ofCopies("long", 5, 10), Examples.ofCopies("short", 2, 10));

        // When
        Map<String, float[]> weights = ExampleBatches.compute(examples, 25, ExampleBatchesTest::weights);

        // Then
        assertThat(weights).containsOnlyKeys("long", "short");
        assertThat(weights.get("long")).containsExactly(0, 1, 2, 3, 4);
        assertThat(weights.get("short")).containsExactly(0, 1);
    }

    private static float[][] weights(List<Example> batch) {
        return batch.stream().map(example -> example.packed().weights()).toArray(float[][]::new);
    }

    @Test
    void nothingGivesNothing() {
        assertThat(ExampleBatches.of(List.of(), 20)).isEmpty();
    }
}
