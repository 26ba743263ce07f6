package dev.tracerl.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.trainer.support.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {

    @Test
    void examplesStayInOrderWithinTheLimit() {
        // Given
        List<Example> examples = List.of(Examples.ofRows("a", 10), Examples.ofRows("b", 30), Examples.ofRows("c", 11));

        // When
        List<List<Example>> parts = MicroBatches.of(examples, 40);

        // Then
        assertThat(parts).extracting(Examples::ids).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void textInCommonCountsOnce() {
        // Given
        List<Example> examples = List.of(Examples.after(7, "a"), Examples.after(7, "b"), Examples.after(8, "c"));

        // When
        List<List<Example>> parts = MicroBatches.of(examples, 6);

        // Then
        assertThat(parts).extracting(Examples::ids).containsExactly(List.of("a", "b"), List.of("c"));
        assertThat(parts).extracting(MicroBatches::rows).containsExactly(6, 4);
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
    void longExamplesWithoutCleanTextAreCutBetweenTheirCopies() {
        // Given
        List<Example> examples = List.of(Examples.ofCopies("long", 5, 10), Examples.ofCopies("short", 2, 10));

        // When
        List<Example> pieces = MicroBatches.pieces(examples, 25);

        // Then
        assertThat(Examples.ids(pieces)).containsExactly("long", "long", "long", "short");
        assertThat(pieces).extracting(piece -> piece.packed().rows()).containsExactly(20, 20, 10, 20);
        List<Example> met =
                MicroBatches.of(pieces, 25).stream().flatMap(List::stream).toList();
        float[] labels = met.stream()
                .filter(piece -> piece.id().equals("long"))
                .map(piece -> piece.packed().weights())
                .reduce(new float[0], MicroBatches::joined);
        assertThat(labels).containsExactly(examples.get(0).packed().weights());
    }

    @Test
    void nothingGivesNothing() {
        assertThat(MicroBatches.of(List.of(), 20)).isEmpty();
    }
}
