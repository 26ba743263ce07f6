package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.Models;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {

    @Test
    void everyExampleIsInOneBatchWithinTheLimit() {
        // Given
        List<PackedExample> examples = Examples.packed(Models.tiny(), 30, 51);

        // When
        List<List<Integer>> batches = MicroBatches.byLength(examples, 200);

        // Then
        assertThat(batches.stream().flatMap(List::stream)).hasSize(30).doesNotHaveDuplicates();
        assertThat(batches).allSatisfy(batch -> {
            int longest =
                    batch.stream().mapToInt(i -> examples.get(i).rows()).max().orElse(0);
            assertThat(batch.size() == 1 || longest * batch.size() <= 200).isTrue();
        });
    }

    @Test
    void examplesOfSimilarLengthAreTogether() {
        // Given
        List<PackedExample> examples = Examples.packed(Models.tiny(), 30, 51);

        // When
        List<List<Integer>> batches = MicroBatches.byLength(examples, 200);

        // Then
        List<Integer> lengths = batches.stream()
                .flatMap(List::stream)
                .map(i -> examples.get(i).rows())
                .toList();
        assertThat(lengths).isSortedAccordingTo((a, b) -> b - a);
    }
}
