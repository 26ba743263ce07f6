package dev.tracerl.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionRuleTest {

    static Stream<Simulation> simulations() {
        return IntStream.range(0, 200)
                .mapToObj(
                        seed -> new Simulation(new AdmissionRule(seed % 5, 1 + seed % 7), new SplittableRandom(seed)));
    }

    @ParameterizedTest
    @MethodSource("simulations")
    void noGroupIsOlderThanMaxLagWhenTrainedInOrderOfAdmission(Simulation simulation) {
        // When
        simulation.run(60);

        // Then
        assertThat(simulation.version).isEqualTo(60);
        assertThat(simulation.lags).allMatch(lag -> lag >= 0 && lag <= simulation.rule.maxLag());
    }

    @Test
    void lagReachesTheBoundWhenSamplingIsFastEnough() {
        // Given
        Simulation simulation = new Simulation(new AdmissionRule(2, 3), new SplittableRandom(1));

        // When
        simulation.run(200);

        // Then
        assertThat(simulation.lags).contains(0L, 2L);
    }

    @Test
    void maxLagZeroIsSerial() {
        // Given
        AdmissionRule rule = new AdmissionRule(0, 8);

        // When
        long first = rule.free(0, 0, 0);
        long whileRunning = rule.free(0, 3, 5);
        long afterTheStep = rule.free(1, 8, 0);

        // Then
        assertThat(first).isEqualTo(8);
        assertThat(whileRunning).isZero();
        assertThat(afterTheStep).isEqualTo(8);
    }

    @Test
    void boundsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> new AdmissionRule(-1, 1)).hasMessage("maxLag is -1, must be at least 0");
        assertThatThrownBy(() -> new AdmissionRule(0, 0)).hasMessage("groupsPerStep is 0, must be at least 1");
        assertThatThrownBy(() -> new AdmissionRule(0, 1).capacity(-1)).hasMessage("version is -1, must be at least 0");
        assertThatThrownBy(() -> new AdmissionRule(0, 2).capacity(Long.MAX_VALUE / 2))
                .isInstanceOf(ArithmeticException.class);
    }

    /** Groups start with whatever version is newest, finish or fail at random, and are trained first in, first out. */
    private static final class Simulation {

        private final AdmissionRule rule;
        private final SplittableRandom random;
        private final List<Group> running = new ArrayList<>();
        private final Deque<Group> accepted = new ArrayDeque<>();
        private final List<Long> lags = new ArrayList<>();
        private long acceptedCount;
        private long version;

        Simulation(AdmissionRule rule, SplittableRandom random) {
            this.rule = rule;
            this.random = random;
        }

        void run(long steps) {
            while (version < steps) {
                LongStream.range(0, rule.free(version, acceptedCount, running.size()))
                        .forEach(i -> running.add(new Group(version)));
                finishOne();
                if (accepted.size() >= rule.groupsPerStep() && random.nextInt(3) == 0) {
                    train();
                }
            }
        }

        /** A group's place in the training order is that of its admission, so the oldest running one goes first. */
        private void finishOne() {
            if (!running.isEmpty()) {
                Group group = running.remove(0);
                if (random.nextInt(4) != 0) { // otherwise filtered: its place becomes free
                    accepted.add(group);
                    acceptedCount++;
                }
            }
        }

        private void train() {
            for (int i = 0; i < rule.groupsPerStep(); i++) {
                lags.add(StalenessRule.lag(version, accepted.remove().version()));
            }
            version++;
        }

        private record Group(long version) {}
    }
}
