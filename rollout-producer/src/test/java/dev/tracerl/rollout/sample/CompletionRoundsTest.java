package dev.tracerl.rollout.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients beside groups on the log. */
class CompletionRoundsTest {

    private static final EngineSettings GENEROUS =
            new EngineSettings(6, 2, 1, 60_000, false, new EngineSettings.Completions(4, 1));

    private final Bench bench = new Bench();

    @Test
    void completionsGoToTheirClientBlockByBlockAndNotToTheLog() throws InterruptedException {
        // Given
        bench.source.publish(0);
        FakeClient client = bench.ask(2, 12);

        // When
        bench.pass(FakeBatches.ROUNDS);

        // Then
        assertThat(client.responses).hasSize(2);
        assertThat(client.progress)
                .extracting(response -> response.tokens().length)
                .containsExactly(1, 1, 2, 2);
        assertThat(bench.sampled).isEmpty();
        assertThat(bench.model.open).isZero();
    }

    @Test
    void completionsShareNoBatchAndTakeNoPlaceOfGroupsOnTheLog() throws InterruptedException {
        // Given
        bench.source.publish(0);
        bench.ask(4, 12);
        bench.enqueue(Bench.training(0).build());
        bench.enqueue(Bench.training(1).build());

        // When
        bench.pass(GENEROUS, 1, () -> {});

        // Then
        assertThat(bench.model.rounds).containsExactly(List.of("t-0", "t-1"), List.of("completion"));
    }

    @Test
    void groupsOnTheLogGoOnWhileCompletionsPayTheirShareBack() throws InterruptedException {
        // Given
        EngineSettings stingy = new EngineSettings(6, 2, 1, 60_000, false, new EngineSettings.Completions(4, 1e-12));
        bench.source.publish(0);
        FakeClient client = bench.ask(1, 12);
        bench.enqueue(Bench.training(0).build());

        List<Integer> progress = new ArrayList<>();

        // When
        bench.pass(stingy, FakeBatches.ROUNDS + 2, () -> progress.add(client.progress.size()));

        // Then
        assertThat(bench.sampled).hasSize(3);
        assertThat(progress).containsExactly(1, 1, 1, 2, 2);
        assertThat(client.responses).hasSize(1);
    }

    @Test
    void otherSettingsWaitForTheirTurn() throws InterruptedException {
        // Given
        bench.source.publish(0);
        List<String> answered = new ArrayList<>();
        FakeClient first = bench.ask(1, 12);
        FakeClient second = bench.ask(1, 8);
        FakeClient third = bench.ask(1, 12);

        // When
        bench.pass(
                Bench.SETTINGS,
                2 * FakeBatches.ROUNDS,
                () -> answered.add("" + first.responses.size() + second.responses.size() + third.responses.size()));

        // Then
        assertThat(answered).containsExactly("000", "000", "100", "100", "100", "110");
    }

    @Test
    void aClientThatHasGoneIsNotWorkedFor() throws InterruptedException {
        // Given
        bench.source.publish(0);
        FakeClient running = bench.ask(1, 12);
        FakeClient waiting = bench.ask(1, 8);

        // When
        bench.pass(Bench.SETTINGS, 4, () -> {
            running.gone = true;
            waiting.gone = true;
        });

        // Then
        assertThat(bench.model.rounds).hasSize(1);
        assertThat(waiting.progress).isEmpty();
        assertThat(bench.model.open).isZero();
    }

    @Test
    void aClientThatHasGoneFreesItsBatchBeforeItsTurn() throws InterruptedException {
        // Given
        EngineSettings stingy = new EngineSettings(6, 2, 1, 60_000, false, new EngineSettings.Completions(4, 1e-12));
        bench.source.publish(0);
        FakeClient client = bench.ask(1, 12);
        bench.enqueue(Bench.training(0).build());
        List<Integer> open = new ArrayList<>();

        // When
        bench.pass(stingy, 2, () -> {
            open.add(bench.model.open);
            client.gone = true;
        });

        // Then
        assertThat(open).containsExactly(2, 1);
    }

    @Test
    void equalSeedsAreSampledTogether() throws InterruptedException {
        // Given
        bench.source.publish(0);
        FakeClient first = bench.ask(2, 12);
        FakeClient second = bench.ask(2, 12);

        // When
        bench.pass(FakeBatches.ROUNDS);

        // Then
        assertThat(first.responses).hasSize(2);
        assertThat(second.responses).hasSize(2);
    }

    @Test
    void aPinnedCompletionKeepsTheVersionOfItsClient() throws InterruptedException {
        // Given
        bench.source.publish(7);
        FakeClient client = new FakeClient();
        client.pinned = Optional.of(new PolicyWeights(2, FakeSource.PARAMETERS));
        bench.ask(client, 1, Specs.sampler(12), 2L);

        // When
        bench.pass(FakeBatches.ROUNDS);

        // Then
        assertThat(client.responses).extracting(SampledResponse::blockVersions).containsExactly(new long[] {2, 2, 2});
        assertThat(bench.source.asked).isEmpty();
    }

    @Test
    void whatFailsForClientsFailsForThemOnly() throws InterruptedException {
        // Given
        bench.source.publish(0);
        FakeClient client = bench.ask(1, FakeBatches.FAILING_TOKENS);
        bench.enqueue(Bench.training(0).build());

        // When
        bench.pass(GENEROUS, FakeBatches.ROUNDS, () -> {});

        // Then
        assertThat(client.failure).isEqualTo("sampling failed: no finite scores");
        assertThat(bench.groups()).containsExactly("toy-t-000000");
        assertThat(bench.model.open).isZero();
    }

    @Test
    void aBatchThatCannotBeOpenedFailsForItsClientOnly() throws InterruptedException {
        // Given
        bench.source.publish(0);
        FakeClient client = bench.ask(1, FakeBatches.UNOPENED_TOKENS);
        bench.enqueue(Bench.training(0).build());

        // When
        bench.pass(GENEROUS, FakeBatches.ROUNDS, () -> {});

        // Then
        assertThat(client.failure).isEqualTo("sampling could not be started: no memory");
        assertThat(bench.groups()).containsExactly("toy-t-000000");
        assertThat(bench.model.open).isZero();
    }

    @Test
    void completionsDoNotCountAsWaitingRequests() {
        // When
        bench.ask(1, 12);

        // Then
        assertThat(bench.queue.size()).isZero();
    }
}
