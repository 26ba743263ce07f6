package dev.tracerl.rollout.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.GroupReceipt;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.group.SamplerSpecs;
import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingEngineTest {

    private static final EngineSettings SETTINGS = new EngineSettings(6, 2, 1, 60_000, false);

    private final WorkQueue queue = new WorkQueue(100);
    private final FakeSource source = new FakeSource();
    private final FakeBatches model = new FakeBatches();
    private final FakeReceipt receipt = new FakeReceipt();
    private final List<SampledTrajectory> sampled = new ArrayList<>();

    private void pass(EngineSettings settings, int times, Runnable between) throws InterruptedException {
        SamplingEngine engine = new SamplingEngine(
                settings,
                queue,
                source,
                () -> model,
                sampled::add,
                new RolloutMetrics(new SimpleMeterRegistry(), "toy"));
        try (Batches batches = new Batches(model, settings.deterministic())) {
            for (int i = 0; i < times; i++) {
                engine.pass(batches);
                between.run();
            }
        }
    }

    private void pass(int times) throws InterruptedException {
        pass(SETTINGS, times, () -> {});
    }

    private static RolloutRequest.Builder training(long sequence) {
        return Specs.request("toy", Purpose.TRAINING, sequence, "1");
    }

    private void enqueue(RolloutRequest request) {
        enqueue(request, 1);
    }

    private void enqueue(RolloutRequest request, int promptTokens) {
        queue.add(new RolloutGroup(
                request,
                new Prompt("1", new int[promptTokens], new int[promptTokens]),
                SamplerSpecs.settings(request.getSampler()),
                null,
                new GroupReceipt(request.getSamples(), receipt)));
    }

    private List<String> groups() {
        return sampled.stream().map(done -> done.group().id()).distinct().toList();
    }

    private List<long[]> versions() {
        return sampled.stream().map(done -> done.response().blockVersions()).toList();
    }

    @Test
    void everySampleOfAGroupIsDelivered() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).build());

        // When
        pass(FakeBatches.ROUNDS);

        // Then
        assertThat(sampled).extracting(SampledTrajectory::sample).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(sampled).allSatisfy(done -> assertThat(done.samplingMillis()).isPositive());
        assertThat(model.open).isZero();
    }

    @Test
    void weightsSwapBetweenRoundsAndEveryBlockKnowsItsVersion() throws InterruptedException {
        // Given
        source.publish(4);
        enqueue(training(0).build());

        // When
        pass(SETTINGS, FakeBatches.ROUNDS, () -> source.publish(sampled.isEmpty() ? 5 : 6));

        // Then
        assertThat(versions()).containsOnly(new long[] {4, 5, 5});
    }

    @Test
    void aPinnedGroupKeepsItsVersionWhileTheNewestMoves() throws InterruptedException {
        // Given
        source.publish(7);
        source.pin(2);
        enqueue(Specs.evaluation("toy", 0, "1", 2));

        // When
        pass(SETTINGS, FakeBatches.ROUNDS, () -> source.publish(8));

        // Then
        assertThat(versions()).containsOnly(new long[] {2, 2, 2});
    }

    @Test
    void pinnedGroupsNeedNoNewestVersion() throws InterruptedException {
        // Given
        source.pin(2);
        enqueue(Specs.evaluation("toy", 0, "1", 2));

        // When
        pass(FakeBatches.ROUNDS);

        // Then
        assertThat(groups()).containsExactly("toy-e-000000");
    }

    @Test
    void evaluationOvertakesTraining() throws InterruptedException {
        // Given
        source.publish(0);
        source.pin(0);
        enqueue(training(0).build());
        enqueue(training(1).build());
        enqueue(training(2).build());
        enqueue(Specs.evaluation("toy", 0, "1", 0));

        // When
        pass(FakeBatches.ROUNDS);

        // Then
        assertThat(groups()).containsExactlyInAnyOrder("toy-e-000000", "toy-t-000000");
    }

    @Test
    void groupsWaitWhileAllSequencesAreTaken() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).build());
        enqueue(training(1).build());
        enqueue(training(2).build());

        // When
        pass(1);

        // Then
        assertThat(model.rounds).containsExactly(List.of("t-0", "t-1"));
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aGroupThatIsLargerThanTheLimitIsSampledAlone() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).setSamples(9).build());
        enqueue(training(1).build());

        // When
        pass(FakeBatches.ROUNDS + 1);

        // Then
        assertThat(model.rounds).startsWith(List.of("t-0"), List.of("t-0"), List.of("t-0"), List.of("t-1"));
    }

    @Test
    void aNewGroupJoinsTheRunningBatchBetweenRounds() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).build());

        // When
        pass(SETTINGS, 2, () -> enqueue(training(model.rounds.size()).build()));

        // Then
        assertThat(model.rounds).containsExactly(List.of("t-0"), List.of("t-0", "t-1"));
    }

    @Test
    void groupsWithOtherSettingsAreABatchOfTheirOwn() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).build());
        enqueue(training(1).setSampler(Specs.sampler(8)).build());

        // When
        pass(1);

        // Then
        assertThat(model.rounds).containsExactly(List.of("t-0"), List.of("t-1"));
    }

    @Test
    void inDeterministicModeGroupsAreSampledOneByOne() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).build());
        enqueue(training(1).build());

        // When
        pass(new EngineSettings(1, 2, 0, 0, true), FakeBatches.ROUNDS + 1, () -> {});

        // Then
        assertThat(model.rounds).containsExactly(List.of("t-0"), List.of("t-0"), List.of("t-0"), List.of("t-1"));
    }

    @Test
    void aGroupThatWouldBeOverLagFromTheStartWaitsForNewerWeights() throws InterruptedException {
        // Given
        source.publish(3);
        enqueue(training(0).setIssuedAtVersion(5).build());
        enqueue(training(1).setIssuedAtVersion(4).build());

        // When
        pass(1);

        // Then
        assertThat(model.rounds).containsExactly(List.of("t-1"));
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void anExpiredTrainingRequestIsDroppedAndDone() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).setIssuedAt(Instant.now().minusSeconds(61)).build());

        // When
        pass(1);

        // Then
        assertThat(model.rounds).isEmpty();
        assertThat(receipt.done).isTrue();
    }

    @Test
    void aGroupOfARevokedPartitionIsDroppedAndNotDone() throws InterruptedException {
        // Given
        source.publish(0);
        receipt.revoked = true;
        enqueue(training(0).build());

        // When
        pass(1);

        // Then
        assertThat(model.rounds).isEmpty();
        assertThat(receipt.done).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aGroupIsNotSampledTwiceAtOneTime() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).setSamples(1).build());
        enqueue(training(0).setSamples(1).build());

        // When
        pass(2);

        // Then
        assertThat(model.rounds).containsExactly(List.of("t-0"), List.of("t-0"));
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aGroupPinnedToAnUnusableVersionIsRefusedWithTheReason() throws InterruptedException {
        // Given
        source.pinned.put(3L, new PinnedWeights.Refused("sha256 differs"));
        enqueue(Specs.evaluation("toy", 0, "1", 3));

        // When
        pass(1);

        // Then
        assertThat(receipt.refusal)
                .isEqualTo("the version that the evaluation is pinned to cannot be used: sha256 differs");
    }

    @Test
    void whatTheSamplerRefusesIsRefusedWithTheReason() throws InterruptedException {
        // Given
        source.publish(0);
        enqueue(training(0).build(), 0);

        // When
        pass(1);

        // Then
        assertThat(receipt.refusal).isEqualTo("the sampler refuses the request: the prompt is empty");
        assertThat(model.open).isZero();
    }

    @Test
    void pinnedVersionsAreBroughtInOneAfterTheOther() throws InterruptedException {
        // Given
        enqueue(Specs.evaluation("toy", 0, "1", 3));
        enqueue(Specs.evaluation("toy", 1, "1", 4));

        // When
        pass(1);

        // Then
        assertThat(source.asked).containsExactly(3L);
    }

    @Test
    void noMorePinnedVersionsThanAllowedAreSampledAtOnce() throws InterruptedException {
        // Given
        for (long version = 1; version <= 3; version++) {
            source.pin(version);
            enqueue(Specs.evaluation("toy", version, "1", version));
        }

        // When
        pass(new EngineSettings(100, 2, 1, 60_000, false), 1, () -> {});

        // Then
        assertThat(model.rounds).hasSize(2);
        assertThat(source.asked).containsExactly(1L, 2L);
    }
}
