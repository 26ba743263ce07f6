package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CounterRandomTest {

    private static final int DRAWS = 100_000;

    /** One sequence per counter, all others held: each must look uniform on its own. */
    static Stream<IntToDoubleFunction> sequences() {
        CounterRandom stream = new CounterRandom(42, "run/7", 3);
        return Stream.of(
                position -> stream.uniform(0, 0, position),
                position -> stream.order(0, 0, position),
                step -> stream.uniform(2, step, 9),
                block -> stream.uniform(block, 1, 5),
                sample -> new CounterRandom(42, "run/7", sample).uniform(0, 0, 0),
                group -> new CounterRandom(42, "run/" + group, 0).uniform(0, 0, 0),
                seed -> new CounterRandom(seed, "run/7", 0).uniform(0, 0, 0));
    }

    @Test
    void numbersAreTheDocumentedFunction() {
        // Given
        CounterRandom random = new CounterRandom(10086, "sudoku/12", 5);

        // When
        double first = random.uniform(0, 0, 0);
        double other = random.uniform(4, 3, 19);

        // Then: computed independently from the description
        assertThat(first).isEqualTo(0.9510562816494642);
        assertThat(other).isEqualTo(0.1711836989157537);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void everyCounterGivesUniformNumbers(IntToDoubleFunction sequence) {
        // Given
        int[] bins = new int[64];

        // When
        IntStream.range(0, DRAWS).forEach(i -> bins[(int) (sequence.applyAsDouble(i) * bins.length)]++);

        // Then: chi-square with 63 degrees of freedom, mean 63, standard deviation 11.2
        double expected = (double) DRAWS / bins.length;
        double chiSquare = IntStream.of(bins)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
        assertThat(chiSquare).isBetween(63 - 4 * 11.2, 63 + 4 * 11.2);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void neighborsAreUncorrelated(IntToDoubleFunction sequence) {
        // When
        double covariance = IntStream.range(0, DRAWS)
                .mapToDouble(i -> (sequence.applyAsDouble(i) - 0.5) * (sequence.applyAsDouble(i + 1) - 0.5))
                .average()
                .orElseThrow();

        // Then: standard error 1 / (12 sqrt(n)) = 2.6e-4
        assertThat(covariance).isCloseTo(0, within(4 * 2.6e-4));
    }

    @Test
    void numbersLieStrictlyBetweenZeroAndOneAndDoNotRepeat() {
        // Given
        Set<Double> seen = new HashSet<>();
        CounterRandom random = new CounterRandom(0, "", 0);

        // When
        for (int block = 0; block < 40; block++) {
            for (int step = 0; step < 40; step++) {
                for (int position = 0; position < 40; position++) {
                    seen.add(random.uniform(block, step, position));
                }
            }
        }

        // Then
        assertThat(seen).hasSize(40 * 40 * 40).allMatch(u -> u > 0 && u < 1);
    }

    @Test
    void numbersDependOnNothingButTheirCounters() {
        // Given
        CounterRandom alone = new CounterRandom(1, "g", 2);
        CounterRandom busy = new CounterRandom(1, "g", 2);
        IntStream.range(0, 1000).forEach(i -> busy.uniform(i, i, i));

        // When
        double first = alone.uniform(3, 1, 4);
        double second = busy.uniform(3, 1, 4);

        // Then
        assertThat(first).isEqualTo(second);
    }
}
