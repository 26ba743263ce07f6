package dev.tracerl.rollout.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.schemas.avro.RolloutRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sampled together, with which weights. */
class SamplingEngineTest {

    private final Bench bench = new Bench();

    @Test
    void everySampleOfAGroupIsDelivered() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).build());

        // When
        bench.pass(FakeBatches.ROUNDS);

        // Then
        assertThat(bench.sampled).extracting(SampledTrajectory::sample).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(bench.sampled)
                .allSatisfy(done -> assertThat(done.samplingMillis()).isPositive());
        assertThat(bench.model.open).isZero();
    }

    @Test
    void weightsSwapBetweenRoundsAndEveryBlockKnowsItsVersion() throws InterruptedException {
        // Given
        bench.source.publish(4);
        bench.enqueue(Bench.training(0).build());

        // When
        bench.pass(Bench.SETTINGS, FakeBatches.ROUNDS, () -> bench.source.publish(bench.sampled.isEmpty() ? 5 : 6));

        // Then
        assertThat(bench.versions()).containsOnly(new long[] {4, 5, 5});
    }

    @Test
    void aPinnedGroupKeepsItsVersionWhileTheNewestMoves() throws InterruptedException {
        // Given
        bench.source.publish(7);
        bench.source.pin(2);
        bench.enqueue(Specs.evaluation("toy", 0, "1", 2));

        // When
        bench.pass(Bench.SETTINGS, FakeBatches.ROUNDS, () -> bench.source.publish(8));

        // Then
        assertThat(bench.versions()).containsOnly(new long[] {2, 2, 2});
    }

    @Test
    void groupsWithOtherSettingsShareThePinnedVersionThatTheSourceForgot() throws InterruptedException {
        // Given
        bench.source.publish(7);
        bench.source.pin(2);
        bench.enqueue(Specs.evaluation("toy", 0, "1", 2));

        // When
        bench.pass(Bench.SETTINGS, FakeBatches.ROUNDS + 1, () -> {
            if (bench.source.pinned.remove(2L) != null) {
                bench.enqueue(RolloutRequest.newBuilder(Specs.evaluation("toy", 1, "1", 2))
                        .setSampler(Specs.sampler(8))
                        .build());
            }
        });

        // Then
        assertThat(bench.groups()).contains("toy-e-000001");
        assertThat(bench.versions()).containsOnly(new long[] {2, 2, 2});
    }

    @Test
    void pinnedGroupsNeedNoNewestVersion() throws InterruptedException {
        // Given
        bench.source.pin(2);
        bench.enqueue(Specs.evaluation("toy", 0, "1", 2));

        // When
        bench.pass(FakeBatches.ROUNDS);

        // Then
        assertThat(bench.groups()).containsExactly("toy-e-000000");
    }

    @Test
    void evaluationOvertakesTraining() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.source.pin(0);
        bench.enqueue(Bench.training(0).build());
        bench.enqueue(Bench.training(1).build());
        bench.enqueue(Bench.training(2).build());
        bench.enqueue(Specs.evaluation("toy", 0, "1", 0));

        // When
        bench.pass(FakeBatches.ROUNDS);

        // Then
        assertThat(bench.groups()).containsExactlyInAnyOrder("toy-e-000000", "toy-t-000000");
    }

    @Test
    void aNewGroupJoinsTheRunningBatchBetweenRounds() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).build());

        // When
        bench.pass(
                Bench.SETTINGS,
                2,
                () -> bench.enqueue(Bench.training(bench.model.rounds.size()).build()));

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-0"), List.of("t-0", "t-1"));
    }

    @Test
    void groupsWithOtherSettingsAreABatchOfTheirOwn() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).build());
        bench.enqueue(Bench.training(1).setSampler(Specs.sampler(8)).build());

        // When
        bench.pass(1);

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-0"), List.of("t-1"));
    }

    @Test
    void inDeterministicModeGroupsAreSampledOneByOne() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).build());
        bench.enqueue(Bench.training(1).build());

        // When
        bench.pass(new EngineSettings(1, 2, 0, 0, true, Bench.COMPLETIONS), FakeBatches.ROUNDS + 1, () -> {});

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-0"), List.of("t-0"), List.of("t-0"), List.of("t-1"));
    }
}
