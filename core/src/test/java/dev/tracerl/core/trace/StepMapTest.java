package dev.tracerl.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.golden.GoldenFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepMapTest {

    static Stream<JsonNode> published() {
        return GoldenFile.list(GoldenFile.read("shrink_and_zscore.json").get("shrink")).stream();
    }

    @ParameterizedTest
    @MethodSource("published")
    void shrinkingEqualsThePublishedCode(JsonNode golden) {
        // Given
        StepMap map = new StepMap(GoldenFile.ints(golden.get("steps")));

        // When
        StepMap shrunk = map.shrink(golden.get("shrink").intValue());

        // Then
        assertThat(shrunk.steps()).isEqualTo(GoldenFile.ints(golden.get("out")));
    }

    @Test
    void shrinkingMergesStepsWithinEachBlockOnly() {
        // Given
        StepMap map = new StepMap(new int[] {1, 2, 1, 3, 7, 5});

        // When
        StepMap shrunk = map.shrink(2, BlockPartition.absolute(4));

        // Then
        assertThat(shrunk.steps()).containsExactly(2, 2, 2, 3, 7, 7);
    }

    @Test
    void firstBlockIsShortWhenThePromptEndsWithinIt() {
        // Given
        StepMap map = new StepMap(new int[] {2, 1, 3, 4, 5, 6});
        BlockPartition partition = BlockPartition.absolute(4).relativeTo(6);

        // When
        StepMap shrunk = map.shrink(2, partition);

        // Then
        assertThat(shrunk.steps()).containsExactly(2, 2, 4, 4, 6, 6);
    }

    @Test
    void shrinkingByOneChangesNothing() {
        // Given
        StepMap map = new StepMap(new int[] {5, 4, 3, 2, 1});

        // When
        StepMap shrunk = map.shrink(1, BlockPartition.absolute(2));

        // Then
        assertThat(shrunk.steps()).containsExactly(5, 4, 3, 2, 1);
    }

    @Test
    void shrinkingNeverWritesTheOriginal() {
        // Given
        int[] steps = {5, 4, 3, 2, 1};

        // When
        StepMap shrunk = new StepMap(steps).shrink(3);

        // Then
        assertThat(shrunk.steps()).containsExactly(5, 5, 3, 3, 3);
        assertThat(steps).containsExactly(5, 4, 3, 2, 1);
    }

    @Test
    void shrinkBelowOneIsRefusedByName() {
        // Given
        StepMap map = new StepMap(new int[] {1});

        // When
        // Then
        assertThatThrownBy(() -> map.shrink(0)).hasMessage("shrink is 0, must be at least 1");
    }
}
