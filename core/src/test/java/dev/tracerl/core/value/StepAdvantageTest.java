package dev.tracerl.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepAdvantageTest {

    private static final double EXACT = 1e-12;

    @Test
    void withoutDiscountTheReturnIsTheOutcomeAndTheAdvantageWhatWasNotExpected() {
        StepAdvantage advantage = new StepAdvantage(1, 1);
        for (StepTrace trace : outcomeTraces(1)) {
            // Given
            double outcome = Arrays.stream(trace.rewards())
                    .filter(r -> r != 0)
                    .findFirst()
                    .orElseThrow();

            // When
            StepEstimates estimates = advantage.estimate(trace);

            // Then
            for (int j = 0; j < trace.tokens(); j++) {
                assertThat(estimates.returns()[j]).isCloseTo(outcome, within(EXACT));
                assertThat(estimates.advantages()[j]).isCloseTo(outcome - trace.values()[j], within(EXACT));
            }
        }
    }

    @Test
    void withLambdaZeroAnAdvantageLooksOneStepAhead() {
        StepAdvantage advantage = new StepAdvantage(1, 0);
        for (StepTrace trace : tokenTraces(2)) {
            // When
            StepEstimates estimates = advantage.estimate(trace);

            // Then
            for (int j = 0; j < trace.tokens(); j++) {
                double expected = trace.rewards()[j] - trace.values()[j] + nextValue(trace, trace.steps()[j]);
                assertThat(estimates.advantages()[j]).isCloseTo(expected, within(EXACT));
            }
        }
    }

    @Test
    void withLambdaOneAnAdvantageIsTheReturnMinusTheValue() {
        StepAdvantage advantage = new StepAdvantage(0.9, 1);
        for (StepTrace trace : tokenTraces(3)) {
            // When
            StepEstimates estimates = advantage.estimate(trace);

            // Then
            for (int j = 0; j < trace.tokens(); j++) {
                assertThat(estimates.advantages()[j])
                        .isCloseTo(estimates.returns()[j] - trace.values()[j], within(EXACT));
            }
        }
    }

    @Test
    void neitherTheNumbersOfTheStepsNorTheOrderOfTheTokensMatter() {
        StepAdvantage advantage = new StepAdvantage(0.9, 0.8);
        for (StepTrace trace : tokenTraces(4)) {
            // Given
            int last = trace.tokens() - 1;
            StepTrace other = new StepTrace(
                    IntStream.rangeClosed(0, last)
                            .map(j -> 7 + 3 * trace.steps()[last - j])
                            .toArray(),
                    reversed(trace.rewards()),
                    reversed(trace.values()));

            // When
            StepEstimates estimates = advantage.estimate(other);

            // Then
            StepEstimates expected = advantage.estimate(trace);
            assertThat(reversed(estimates.returns())).containsExactly(expected.returns(), within(EXACT));
            assertThat(reversed(estimates.advantages())).containsExactly(expected.advantages(), within(EXACT));
        }
    }

    @Test
    void theDiscountedReturnsOfTheWorkedExample() {
        // Given
        int[] steps = {1, 2, 1, 3, 4};

        // When
        double[] returns = new StepAdvantage(0.9, 1)
                .estimate(StepTrace.withoutValues(steps, OutcomeReward.onLastStep(steps, 0.5)))
                .returns();

        // Then
        assertThat(returns).containsExactly(new double[] {0.3645, 0.405, 0.3645, 0.45, 0.5}, within(EXACT));
    }

    @Test
    void aResponseWithoutTrainedTokensHasNoEstimates() {
        // Given
        int[] none = {};

        // When
        StepEstimates estimates =
                new StepAdvantage(1, 1).estimate(StepTrace.withoutValues(none, OutcomeReward.onLastStep(none, 1)));

        // Then
        assertThat(estimates.returns()).isEmpty();
        assertThat(estimates.advantages()).isEmpty();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new StepAdvantage(1.1, 1)).hasMessage("discount is 1.1, must be in [0, 1]");
        assertThatThrownBy(() -> new StepAdvantage(1, -1)).hasMessage("lambda is -1.0, must be in [0, 1]");
        assertThatThrownBy(() -> new StepTrace(new int[2], new double[2], new double[1]))
                .hasMessage("lengths differ: steps 2, rewards 2, values 1");
    }

    private static double nextValue(StepTrace trace, int step) {
        int next = Arrays.stream(trace.steps()).filter(s -> s > step).min().orElse(0);
        return IntStream.range(0, trace.tokens())
                .filter(j -> trace.steps()[j] == next && next > step)
                .mapToDouble(j -> trace.values()[j])
                .average()
                .orElse(0);
    }

    private static Iterable<StepTrace> tokenTraces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 50)
                .mapToObj(i -> {
                    int[] steps = steps(random);
                    return new StepTrace(steps, numbers(steps.length, random), numbers(steps.length, random));
                })
                .toList();
    }

    private static Iterable<StepTrace> outcomeTraces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 50)
                .mapToObj(i -> {
                    int[] steps = steps(random);
                    double[] rewards = OutcomeReward.onLastStep(steps, random.nextDouble(0.1, 2));
                    return new StepTrace(steps, rewards, numbers(steps.length, random));
                })
                .toList();
    }

    private static int[] steps(SplittableRandom random) {
        return random.ints(1 + random.nextInt(20), 1, 9).toArray();
    }

    private static double[] numbers(int count, SplittableRandom random) {
        return random.doubles(count, -2, 2).toArray();
    }

    private static double[] reversed(double[] x) {
        return IntStream.range(0, x.length)
                .mapToDouble(j -> x[x.length - 1 - j])
                .toArray();
    }
}
