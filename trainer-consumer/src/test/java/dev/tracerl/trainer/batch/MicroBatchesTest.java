package dev.tracerl.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.trainer.support.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {

    @Test
    void examplesOfSimilarLengthAreTogetherLongestFirst() {
        // Given
        List<Example> examples = List.of(
                Examples.ofRows("short", 10),
                Examples.ofRows("long", 30),
                Examples.ofRows("short too", 11),
                Examples.ofRows("long too", 30));

        // When
        List<List<Example>> parts = MicroBatches.of(examples, 60);

        // Then
        assertThat(parts)
                .extracting(Examples::ids)
                .containsExactly(List.of("long", "long too"), List.of("short too", "short"));
    }

    @Test
    void paddingCountsTowardsTheLimit() {
        // Given
        List<Example> examples = List.of(Examples.ofRows("a", 10), Examples.ofRows("b", 2), Examples.ofRows("c", 2));

        // When
        List<List<Example>> parts = MicroBatches.of(examples, 20);

        // Then
        assertThat(parts).extracting(Examples::ids).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void anExampleBeyondTheLimitIsAlone() {
        // Given
        List<Example> examples = List.of(Examples.ofRows("huge", 100), Examples.ofRows("a", 3));

        // When
        List<List<Example>> parts = MicroBatches.of(examples, 20);

        // Then
        assertThat(parts).extracting(Examples::ids).containsExactly(List.of("huge"), List.of("a"));
    }

    @Test
    void nothingGivesNothing() {
        assertThat(MicroBatches.of(List.of(), 20)).isEmpty();
    }
}
