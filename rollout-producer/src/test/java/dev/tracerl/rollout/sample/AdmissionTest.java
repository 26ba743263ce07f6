package dev.tracerl.rollout.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.weights.PinnedWeights;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which groups start, which wait and which never will. */
class AdmissionTest {

    private final Bench bench = new Bench();

    @Test
    void groupsWaitWhileAllSequencesAreTaken() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).build());
        bench.enqueue(Bench.training(1).build());
        bench.enqueue(Bench.training(2).build());

        // When
        bench.pass(1);

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-0", "t-1"));
        assertThat(bench.queue.size()).isEqualTo(1);
    }

    @Test
    void aGroupThatIsLargerThanTheLimitIsSampledAlone() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).setSamples(9).build());
        bench.enqueue(Bench.training(1).build());

        // When
        bench.pass(FakeBatches.ROUNDS + 1);

        // Then
        assertThat(bench.model.rounds).startsWith(List.of("t-0"), List.of("t-0"), List.of("t-0"), List.of("t-1"));
    }

    @Test
    void aGroupThatWouldBeOverLagFromTheStartWaitsForNewerWeights() throws InterruptedException {
        // Given
        bench.source.publish(3);
        bench.enqueue(Bench.training(0).setIssuedAtVersion(5).build());
        bench.enqueue(Bench.training(1).setIssuedAtVersion(4).build());

        // When
        bench.pass(1);

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-1"));
        assertThat(bench.queue.size()).isEqualTo(1);
    }

    @Test
    void aTrainingRequestThatExpiresWhileItWaitsIsDroppedAndDone() throws InterruptedException {
        // Given
        bench.enqueue(Bench.training(0).setIssuedAt(bench.clock.instant()).build());

        // When
        bench.pass(Bench.SETTINGS, 2, () -> bench.clock.passes(Duration.ofSeconds(61)));

        // Then
        assertThat(bench.queue.size()).isZero();
        assertThat(bench.receipt.done).isTrue();
    }

    @Test
    void timeInWhichTheServiceWasDownDoesNotCount() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0)
                .setIssuedAt(bench.clock.instant().minusSeconds(600))
                .build());

        // When
        bench.pass(1);

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-0"));
    }

    @Test
    void anEvaluationDoesNotExpire() throws InterruptedException {
        // Given
        bench.enqueue(Specs.evaluation("toy", 0, "1", 3));

        // When
        bench.pass(Bench.SETTINGS, 2, () -> bench.clock.passes(Duration.ofSeconds(61)));

        // Then
        assertThat(bench.queue.size()).isEqualTo(1);
    }

    @Test
    void aGroupOfARevokedPartitionIsDroppedAndNotDone() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.receipt.revoked = true;
        bench.enqueue(Bench.training(0).build());

        // When
        bench.pass(1);

        // Then
        assertThat(bench.model.rounds).isEmpty();
        assertThat(bench.receipt.done).isFalse();
        assertThat(bench.queue.size()).isZero();
    }

    @Test
    void aGroupIsNotSampledTwiceAtOneTime() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).setSamples(1).build());
        bench.enqueue(Bench.training(0).setSamples(1).build());

        // When
        bench.pass(2);

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-0"), List.of("t-0"));
        assertThat(bench.queue.size()).isEqualTo(1);
    }

    @Test
    void aGroupPinnedToAnUnusableVersionIsRefusedWithTheReason() throws InterruptedException {
        // Given
        bench.source.pinned.put(3L, new PinnedWeights.Refused("sha256 differs"));
        bench.enqueue(Specs.evaluation("toy", 0, "1", 3));

        // When
        bench.pass(1);

        // Then
        assertThat(bench.receipt.refusal)
                .isEqualTo("the version that the evaluation is pinned to cannot be used: sha256 differs");
    }

    @Test
    void whatTheSamplerRefusesIsRefusedWithTheReason() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.enqueue(Bench.training(0).build(), 0);

        // When
        bench.pass(1);

        // Then
        assertThat(bench.receipt.refusal).isEqualTo("the sampler refuses the request: the prompt is empty");
        assertThat(bench.model.open).isZero();
    }

    @Test
    void pinnedVersionsAreBroughtInOneAfterTheOther() throws InterruptedException {
        // Given
        bench.enqueue(Specs.evaluation("toy", 0, "1", 3));
        bench.enqueue(Specs.evaluation("toy", 1, "1", 4));

        // When
        bench.pass(1);

        // Then
        assertThat(bench.source.asked).containsExactly(3L);
    }

    @Test
    void noMorePinnedVersionsThanAllowedAreSampledAtOnce() throws InterruptedException {
        // Given
        for (long version = 1; version <= 3; version++) {
            bench.source.pin(version);
            bench.enqueue(Specs.evaluation("toy", version, "1", version));
        }

        // When
        bench.pass(new EngineSettings(100, 2, 1, 60_000, false, Bench.COMPLETIONS), 1, () -> {});

        // Then
        assertThat(bench.model.rounds).hasSize(2);
        assertThat(bench.source.asked).containsExactly(1L, 2L);
    }
}
