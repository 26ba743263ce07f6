package dev.tracerl.rollout.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.run.RunSetup;
import dev.tracerl.rollout.sample.WorkQueue;
import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import dev.tracerl.schemas.avro.Purpose;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The door for clients, with nobody behind it who samples. */
class CompletionsTest {

    private static final PolicyWeights NEWEST = new PolicyWeights(4, Parameters.random(Specs.model(64), 0));

    private final WorkQueue queue = new WorkQueue(1);
    private final Map<Long, PinnedWeights> fetched = new ConcurrentHashMap<>();
    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final RunSetup setup = RunSetup.of(Specs.run("toy"));
    private final Completions completions = new Completions(
            new CompletionDoor(setup, 16, 3),
            new Completions.Sources(queue, source(Optional.of(NEWEST)), source(Optional.empty()), NEWEST::version),
            Clock.systemUTC());

    private final CompletionListener listener = new NothingSampled() {
        @Override
        public void refused(Problem problem) {
            problems.add(problem);
        }
    };

    private PolicySource source(Optional<PolicyWeights> newest) {
        return new PolicySource() {
            @Override
            public Optional<PolicyWeights> newest() {
                return newest;
            }

            @Override
            public PinnedWeights pinned(long version) {
                return fetched.getOrDefault(version, new PinnedWeights.Loading());
            }
        };
    }

    @AfterEach
    void close() {
        completions.close();
        setup.close();
    }

    /** Keeps the thread of completions from anything else. */
    private void occupyUntil(CountDownLatch free) {
        completions.accept(
                door -> {
                    while (free.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    throw new RefusedException(Problem.invalid("prompt", "only to take time"));
                },
                listener);
    }

    private Completion ask(int prompts, @Nullable Long version) {
        return completions.accept(
                door -> new CompletionRequest(
                        "prompt",
                        Collections.nCopies(prompts, door.text("prompt", "1")),
                        1,
                        door.defaults(),
                        7,
                        version,
                        new CompletionRequest.Answer(12, List.of(), false, false)),
                listener);
    }

    private void fetch(long version) {
        fetched.put(version, new PinnedWeights.Ready(new PolicyWeights(version, NEWEST.parameters())));
        completions.pinnedChanged();
    }

    private RolloutGroup awaitGroup() {
        return await().until(() -> queue.take(group -> true), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<PolicyWeights> awaitPinned() {
        return Objects.requireNonNull(awaitGroup().client()).pinned();
    }

    @Test
    void everyPromptIsAGroupThatNeverReachesTraining() {
        // When
        ask(2, null);

        // Then
        RolloutGroup first = awaitGroup();
        assertThat(first.completion()).isTrue();
        assertThat(first.request().getPurpose()).isEqualTo(Purpose.EVALUATION);
        assertThat(first.id()).isNotEqualTo(awaitGroup().id());
    }

    @Test
    void moreThanTheLimitIsRefusedUntilSomebodyLeaves() {
        // Given
        Completion two = ask(2, null);
        ask(1, null);
        awaitGroup();
        awaitGroup();
        awaitGroup();

        // When
        ask(1, null);
        await().until(() -> problems.size() == 1);
        assertThat(two.cancel()).isTrue();
        ask(2, null);

        // Then
        awaitGroup();
        awaitGroup();
        assertThat(problems).extracting(Problem::status).containsExactly(429);
        assertThat(completions.openPrompts()).isEqualTo(3);
    }

    @Test
    void aRequestThatNeverFitsIsInvalid() {
        // When
        ask(4, null);

        // Then
        await().until(() -> !problems.isEmpty());
        assertThat(problems.get(0).message()).isEqualTo("4 prompts in one request, at most 3 may be in progress");
        assertThat(completions.openPrompts()).isZero();
    }

    @Test
    void aPinnedVersionIsWaitedFor() {
        // Given
        ask(1, 2L);
        await().until(() -> completions.openPrompts() == 1);

        // When
        fetch(2);

        // Then
        assertThat(awaitPinned()).map(PolicyWeights::version).contains(2L);
    }

    @Test
    void whoEndsMakesPlaceForTheNextVersion() {
        // Given
        fetch(1);
        fetch(2);
        Completion first = ask(1, 1L);
        ask(1, 2L);
        assertThat(awaitPinned()).map(PolicyWeights::version).contains(1L);

        // When
        first.cancel();

        // Then
        assertThat(awaitPinned()).map(PolicyWeights::version).contains(2L);
    }

    @Test
    void theNewestVersionIsNotFetchedAgain() {
        // When
        ask(1, 4L);

        // Then
        assertThat(awaitPinned()).contains(NEWEST);
    }

    @Test
    void aVersionThatCannotBeUsedIsUnknown() {
        // Given
        fetched.put(1L, new PinnedWeights.Refused("chunk 0 is not on the log"));

        // When
        ask(1, 1L);
        ask(1, 9L);

        // Then
        await().until(() -> problems.size() == 2);
        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly(
                        "version 1 of the model cannot be used: chunk 0 is not on the log",
                        "version 9 of the model cannot be used: version 9 is not published");
        assertThat(problems).extracting(Problem::status).containsOnly(404);
    }

    @Test
    void aVersionThatFailedToLoadIsUnavailable() {
        // Given
        fetched.put(1L, new PinnedWeights.Failed("java.lang.OutOfMemoryError: Java heap space"));

        // When
        ask(1, 1L);

        // Then
        await().until(() -> problems.size() == 1);
        assertThat(problems.get(0).status()).isEqualTo(503);
        assertThat(problems.get(0).message())
                .isEqualTo("version 1 could not be loaded, try again: java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void aRequestWhoseClientHasGoneIsNotRead() {
        // Given
        CountDownLatch busy = new CountDownLatch(1);
        AtomicBoolean read = new AtomicBoolean();
        occupyUntil(busy);
        Completion gone = completions.accept(
                door -> {
                    read.set(true);
                    throw new RefusedException(Problem.invalid("prompt", "nobody reads this"));
                },
                listener);

        // When
        gone.cancel();
        busy.countDown();
        ask(1, null);

        // Then
        awaitGroup();
        assertThat(read).isFalse();
    }

    @Test
    void itHasNotStoppedWhileARequestIsRead() {
        // Given
        CountDownLatch busy = new CountDownLatch(1);
        occupyUntil(busy);
        ask(1, null);

        // When
        completions.close();
        boolean stopped = completions.stopped();
        busy.countDown();

        // Then
        assertThat(stopped).isFalse();
        await().until(completions::stopped);
        assertThat(problems).extracting(Problem::code).containsExactly("stopping", "stopping");
        assertThat(queue.take(group -> true)).isEmpty();
    }

    @Test
    void whoIsOpenWhenItClosesIsTold() {
        // Given
        ask(1, null);
        awaitGroup();

        // When
        completions.close();
        ask(1, null);

        // Then
        assertThat(problems).extracting(Problem::code).containsExactly("stopping", "stopping");
    }
}
