package dev.tracerl.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.decode.BlockPartition;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceSlicerTest {

    @Test
    void slicesComeByBlockThenByStep() {
        // Given
        StepMap map = new StepMap(new int[] {2, 1, 3, 3, 5, 4});

        // When
        List<TraceSlice> slices = TraceSlicer.slice(map, BlockPartition.absolute(4));

        // Then
        assertThat(slices)
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        new TraceSlice(0, 1, new int[] {1}),
                        new TraceSlice(0, 2, new int[] {0}),
                        new TraceSlice(0, 3, new int[] {2, 3}),
                        new TraceSlice(1, 4, new int[] {5}),
                        new TraceSlice(1, 5, new int[] {4})));
    }

    @Test
    void everyTokenIsATargetOfExactlyOneSlice() {
        // Given
        SplittableRandom random = new SplittableRandom(3);

        for (int round = 0; round < 500; round++) {
            int length = 1 + random.nextInt(20);
            int[] steps = IntStream.range(0, length).map(i -> random.nextInt(6)).toArray();
            BlockPartition partition =
                    BlockPartition.absolute(1 + random.nextInt(6)).relativeTo(random.nextInt(9));

            // When
            List<TraceSlice> slices = TraceSlicer.slice(new StepMap(steps), partition);

            // Then
            int[] targets = slices.stream()
                    .flatMapToInt(slice -> IntStream.of(slice.targets()))
                    .sorted()
                    .toArray();
            assertThat(targets).isEqualTo(IntStream.range(0, length).toArray());
            assertThat(slices)
                    .allSatisfy(slice -> assertThat(IntStream.of(slice.targets()))
                            .allMatch(i -> steps[i] == slice.step() && partition.blockOf(i) == slice.block()));
        }
    }

    @Test
    void emptyTraceHasNoSlices() {
        // When
        List<TraceSlice> slices = TraceSlicer.slice(new StepMap(new int[0]), BlockPartition.absolute(4));

        // Then
        assertThat(slices).isEmpty();
    }

    @Test
    void sliceWithoutTargetsIsRefused() {
        // When
        // Then
        assertThatThrownBy(() -> new TraceSlice(2, 7, new int[0]))
                .hasMessage("slice of block 2 at step 7 has no targets");
    }
}
