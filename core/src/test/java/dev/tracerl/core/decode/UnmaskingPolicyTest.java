package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnmaskingPolicyTest {

    private static final boolean[] MASKED = {false, true, true, false, true};
    private static final double[] CONFIDENCE = {1.0, 0.3, 0.9, 1.0, 0.9};
    private static final double[] ENTROPY = {0.0, 0.2, 0.1, 0.0, 0.3};

    static Stream<UnmaskingPolicy> policies() {
        return Stream.of(
                new UnmaskingPolicy.Sequential(),
                new UnmaskingPolicy.StaticLowConfidence(),
                new UnmaskingPolicy.DynamicLowConfidence(0.5),
                new UnmaskingPolicy.EntropyBounded(0.35));
    }

    @Test
    void sequentialTakesTheFirstMaskedPositions() {
        // When
        boolean[] selected = new UnmaskingPolicy.Sequential().select(state(2));

        // Then
        assertThat(indices(selected)).containsExactly(1, 2);
    }

    @Test
    void staticTakesTheMostConfidentAndBreaksTiesToTheLeft() {
        // When
        boolean[] selected = new UnmaskingPolicy.StaticLowConfidence().select(state(1));

        // Then
        assertThat(indices(selected)).containsExactly(2);
    }

    @Test
    void dynamicTakesEverythingAboveTheThreshold() {
        // When
        boolean[] selected = new UnmaskingPolicy.DynamicLowConfidence(0.5).select(state(1));

        // Then
        assertThat(indices(selected)).containsExactly(2, 4);
    }

    @Test
    void dynamicDoesNotCountConfidenceEqualToTheThreshold() {
        // When
        boolean[] selected = new UnmaskingPolicy.DynamicLowConfidence(0.9).select(state(1));

        // Then
        assertThat(indices(selected)).containsExactly(2);
    }

    @Test
    void thresholdCountsConfidenceEqualToItAndIgnoresTheQuota() {
        // When
        boolean[] selected = new UnmaskingPolicy.ThresholdOrBest(0.9).select(state(3));

        // Then
        assertThat(indices(selected)).containsExactly(2, 4);
    }

    @Test
    void thresholdTakesTheBestIfNoneReachesIt() {
        // When
        boolean[] selected = new UnmaskingPolicy.ThresholdOrBest(0.95).select(state(0));

        // Then
        assertThat(indices(selected)).containsExactly(2);
    }

    @Test
    void everyPolicyHasAName() {
        // When
        // Then
        assertThat(Stream.of("SEQUENTIAL", "STATIC", "DYNAMIC", "ENTROPY_BOUNDED")
                        .map(name -> UnmaskingPolicy.named(name, 0.5, 0.35)))
                .containsExactlyElementsOf(policies().toList());
        assertThat(UnmaskingPolicy.named("THRESHOLD", 0.5, 0.35)).isEqualTo(new UnmaskingPolicy.ThresholdOrBest(0.5));
        assertThatThrownBy(() -> UnmaskingPolicy.named("BEST", 0.5, 0.35))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unmasking BEST is not known to this version");
    }

    @Test
    void dynamicFillsUpToTheQuota() {
        // When
        boolean[] selected = new UnmaskingPolicy.DynamicLowConfidence(0.5).select(state(3));

        // Then
        assertThat(indices(selected)).containsExactly(1, 2, 4);
    }

    @Test
    void entropyBoundTakesTheLowestEntropiesWhoseSumStaysBelow() {
        // When
        boolean[] selected = new UnmaskingPolicy.EntropyBounded(0.35).select(state(1));

        // Then
        assertThat(indices(selected)).containsExactly(1, 2);
    }

    @Test
    void entropyBoundAlwaysTakesOne() {
        // When
        boolean[] selected = new UnmaskingPolicy.EntropyBounded(0.01).select(state(1));

        // Then
        assertThat(indices(selected)).containsExactly(2);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void onlyMaskedPositionsAreEverSelected(UnmaskingPolicy policy) {
        // Given
        SplittableRandom random = new SplittableRandom(5);

        for (int round = 0; round < 2000; round++) {
            BlockState state = random(random);

            // When
            boolean[] selected = policy.select(state);

            // Then
            assertThat(IntStream.range(0, selected.length).filter(i -> selected[i]))
                    .allMatch(i -> state.masked()[i]);
            assertThat(indices(selected).length)
                    .isGreaterThanOrEqualTo(Math.min(atLeast(policy, state), masked(state)));
        }
    }

    @Test
    void quotaBeyondTheMasksSelectsExactlyTheMasks() {
        // When
        boolean[] selected = new UnmaskingPolicy.StaticLowConfidence().select(state(5));

        // Then
        assertThat(selected).isEqualTo(MASKED);
    }

    @Test
    void boundsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> new UnmaskingPolicy.DynamicLowConfidence(1.1))
                .hasMessage("threshold is 1.1, must be in [0, 1]");
        assertThatThrownBy(() -> new UnmaskingPolicy.EntropyBounded(Double.NaN))
                .hasMessage("bound is NaN, must be greater than 0");
        assertThatThrownBy(() -> state(-1)).hasMessage("quota is -1, must be at least 0");
    }

    private static BlockState state(int quota) {
        return new BlockState(MASKED, CONFIDENCE, ENTROPY, quota);
    }

    private static BlockState random(SplittableRandom random) {
        int size = 1 + random.nextInt(8);
        boolean[] masked = new boolean[size];
        double[] confidence = new double[size];
        double[] entropy = new double[size];
        for (int i = 0; i < size; i++) {
            masked[i] = random.nextBoolean();
            confidence[i] = random.nextInt(5) / 4.0;
            entropy[i] = random.nextInt(5) / 4.0;
        }
        return new BlockState(masked, confidence, entropy, random.nextInt(size + 1));
    }

    private static int atLeast(UnmaskingPolicy policy, BlockState state) {
        return policy instanceof UnmaskingPolicy.EntropyBounded ? 1 : state.quota();
    }

    private static int masked(BlockState state) {
        return indices(state.masked()).length;
    }

    private static int[] indices(boolean[] values) {
        return IntStream.range(0, values.length).filter(i -> values[i]).toArray();
    }
}
