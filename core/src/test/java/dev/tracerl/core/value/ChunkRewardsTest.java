package dev.tracerl.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkRewardsTest {

    @Test
    void scoresAreComparedWithThoseOfTheSameChunkInTheOtherResponses() {
        // Given
        List<double[]> scores = List.of(new double[] {1, -1, 1}, new double[] {-1, -1}, new double[] {1});

        // When
        List<double[]> rewards = ChunkRewards.normalized(scores);

        // Then
        double half = Math.sqrt(0.5);
        assertThat(rewards.get(0)).containsExactly(new double[] {half, 0, 0}, within(1e-12));
        assertThat(rewards.get(1)).containsExactly(new double[] {-2 * half, 0}, within(1e-12));
        assertThat(rewards.get(2)).containsExactly(new double[] {half}, within(1e-12));
        assertThat(scores.get(0)).containsExactly(1, -1, 1);
    }

    @Test
    void moreChunksThanTheOthersHaveArePaidNothing() {
        // Given
        double[] padded = new double[20];
        Arrays.fill(padded, 1);
        List<double[]> scores = List.of(padded, new double[] {1, 1}, new double[] {1, 1});

        // When
        List<double[]> rewards = ChunkRewards.normalized(scores);

        // Then
        assertThat(rewards.get(0)).containsOnly(0);
        assertThat(ChunkRewards.normalized(List.of(padded)).get(0)).containsOnly(0);
    }

    @Test
    void everyChunkThatSeveralHaveHasMeanZeroAndVarianceOneOrZero() {
        // Given
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 50; i++) {
            List<double[]> scores = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(g -> random.doubles(random.nextInt(5), -1, 2).toArray())
                    .toList();

            // When
            List<double[]> rewards = ChunkRewards.normalized(scores);

            // Then
            for (int chunk = 0; chunk < 5; chunk++) {
                int number = chunk;
                double[] column = rewards.stream()
                        .filter(each -> each.length > number)
                        .mapToDouble(each -> each[number])
                        .toArray();
                double variance = column.length > 1 ? column.length : 0;
                assertThat(Arrays.stream(column).sum()).isCloseTo(0, within(1e-9));
                assertThat(Arrays.stream(column).map(x -> x * x).sum()).isCloseTo(variance, within(1e-9));
            }
        }
    }

    @Test
    void aChunksRewardGoesToTheLastTokensRevealedBeforeItsEnd() {
        // Given
        int[] steps = {1, 2, 2, 1, 4, 3, 4, 3, 5, 6, 6, 5};

        // When
        double[] tokens = ChunkRewards.place(new double[] {10, 20, 30}, new int[] {4, 8, 12}, steps, 4);

        // Then
        assertThat(tokens).containsExactly(0, 10, 10, 0, 20, 0, 20, 0, 0, 30, 30, 0);
    }

    @Test
    void onlyTheWindowBeforeTheEndOfAChunkCounts() {
        // Given
        int[] steps = {9, 1, 2, 3, 4, 5};

        // When
        double[] tokens = ChunkRewards.place(new double[] {1, 2}, new int[] {4, 6}, steps, 2);

        // Then
        assertThat(tokens).containsExactly(2, 0, 0, 1, 0, 0);
    }

    @Test
    void aChunkShorterThanTheWindowDoesNotReachIntoTheOneBefore() {
        // Given
        int[] steps = {5, 5, 1, 2, 6};

        // When
        double[] tokens = ChunkRewards.place(new double[] {1, 2, 4}, new int[] {2, 4, 5}, steps, 4);

        // Then
        assertThat(tokens).containsExactly(1, 1, 0, 2, 4);
    }

    @Test
    void aTokenMayHaveTheRewardsOfTwoChunks() {
        // Given
        int[] steps = {1, 3, 2, 1};

        // When
        double[] tokens = ChunkRewards.place(new double[] {1, 2}, new int[] {2, 4}, steps, 4);

        // Then
        assertThat(tokens).containsExactly(0, 3, 0, 0);
    }

    @Test
    void chunksThatDoNotFitAreRefused() {
        int[] steps = {1, 2, 3};
        assertThatThrownBy(() -> ChunkRewards.place(new double[1], new int[] {1, 2}, steps, 4))
                .hasMessage("1 rewards for 2 chunks");
        assertThatThrownBy(() -> ChunkRewards.place(new double[2], new int[] {2, 2}, steps, 4))
                .hasMessage("a chunk ends at 2, must end in [3, 3]");
        assertThatThrownBy(() -> ChunkRewards.place(new double[1], new int[] {4}, steps, 4))
                .hasMessage("a chunk ends at 4, must end in [1, 3]");
    }
}
