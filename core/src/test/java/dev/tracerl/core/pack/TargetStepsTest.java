package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.trace.StepMap;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetStepsTest {

    @ParameterizedTest
    @EnumSource(Layout.class)
    void everyTargetHasTheMergedStepOfItsToken(Layout layout) {
        for (long seed = 0; seed < 100; seed++) {
            // Given
            RandomResponses random = new RandomResponses(seed);
            PackSettings settings = random.settings().withLayout(layout);
            TracedResponse response = numbered(random.prompted(settings.blockSize()));
            PackedExample packed = TracePacker.pack(response, settings);

            // When
            int[] steps = TracePacker.steps(response, packed, settings);

            // Then
            int[] merged = merged(response, settings);
            int[] tokens = IntStream.range(0, steps.length)
                    .map(t -> (int) packed.advantages()[t])
                    .toArray();
            assertThat(steps)
                    .containsExactly(
                            Arrays.stream(tokens).map(token -> merged[token]).toArray());
        }
    }

    private static int[] merged(TracedResponse response, PackSettings settings) {
        StepMap steps = new StepMap(response.stepMap());
        int start = response.prompt().length;
        return switch (settings.layout()) {
            case ABSOLUTE_BLOCKS ->
                steps.shrink(
                                settings.shrink(),
                                BlockPartition.absolute(settings.blockSize()).relativeTo(start))
                        .steps();
            case RESPONSE_BLOCKS ->
                steps.shrink(settings.shrink(), BlockPartition.absolute(settings.blockSize()))
                        .steps();
            case FULL, FULL_SHIFTED -> steps.shrink(settings.shrink()).steps();
        };
    }

    /** Advantages that say which token they belong to. */
    private static TracedResponse numbered(TracedResponse response) {
        float[] numbers = new float[response.response().length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return new TracedResponse(
                response.prompt(),
                response.response(),
                response.keptTokens(),
                response.stepMap(),
                response.logProbs(),
                numbers);
    }
}
