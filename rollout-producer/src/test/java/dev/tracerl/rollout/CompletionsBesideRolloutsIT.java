package dev.tracerl.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.rollout.completion.Choice;
import dev.tracerl.rollout.completion.CompletionDoor;
import dev.tracerl.rollout.completion.CompletionListener;
import dev.tracerl.rollout.completion.CompletionRequest;
import dev.tracerl.rollout.completion.Completions;
import dev.tracerl.rollout.completion.Piece;
import dev.tracerl.rollout.completion.Problem;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.client.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that serves clients while it samples for the log. */
@ExtendWith(Stack.class)
class CompletionsBesideRolloutsIT {

    private static final ModelConfig MODEL = Specs.model(64);
    private static final int GROUPS = 40;

    /** Sequences at one time: a few groups, so that batches change all the time. */
    private static final int ACTIVE = 12;

    private static Connection connection;

    private Workers workers;

    @BeforeAll
    static void connect(Connection stack) {
        connection = stack;
    }

    @BeforeEach
    void open() {
        workers = new Workers(connection);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trajectoriesAreTheSameByteForByteWithAndWithoutCompletions(boolean deterministic) {
        // Given
        RunSpec quiet = run("quiet-" + deterministic, deterministic);
        RunSpec crowded = run("crowded-" + deterministic, deterministic);
        List<String> expected = sample(quiet, Optional.empty());
        Crowd crowd = new Crowd(() -> workers.queuedGroups(crowded.getRunId()) > 0);

        // When
        List<String> found = sample(crowded, Optional.of(crowd));

        // Then
        assertThat(crowd.answeredMeanwhile.get()).isPositive();
        assertThat(crowd.problems).isEmpty();
        assertThat(found).hasSize(3 * GROUPS).isEqualTo(expected);
    }

    private static RunSpec run(String runId, boolean deterministic) {
        RunSpec run = Specs.run(runId);
        run.setDeterministic(deterministic);
        return run;
    }

    /** Contents of the trajectories in id order; all groups wait before the first starts, so that batches are the same. */
    private List<String> sample(RunSpec run, Optional<Crowd> crowd) {
        RunLog log = workers.log(run.getRunId());
        for (long i = 0; i < GROUPS; i++) {
            log.request(Specs.training(run.getRunId(), RunTopics.GROUP_PARTITIONS * i, String.valueOf(i)));
        }
        RolloutWorker worker = workers.startWorker(run, "rollout-0", ACTIVE);
        await().atMost(Workers.PATIENCE).until(() -> workers.queuedGroups(run.getRunId()) == GROUPS);
        log.publishWeights(MODEL, 0);
        crowd.ifPresent(clients -> clients.ask(worker.completions()));
        List<Trajectory> sampled = workers.awaitTrajectories(log, 3 * GROUPS);
        crowd.ifPresent(Crowd::leave);
        return sampled.stream()
                .sorted(Comparator.comparing(Trajectory::getSequence).thenComparing(Trajectory::getSample))
                .map(Trajectory::getSegments)
                .map(Object::toString)
                .toList();
    }

    /** Clients that ask again as soon as they have an answer, every time with other settings. */
    private static final class Crowd implements CompletionListener {

        private static final int CLIENTS = 4;

        private final BooleanSupplier rollouts;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger answeredMeanwhile = new AtomicInteger();
        private final List<Problem> problems = new CopyOnWriteArrayList<>();
        private volatile @Nullable Completions door;

        /** @param rollouts whether groups on the log wait */
        Crowd(BooleanSupplier rollouts) {
            this.rollouts = rollouts;
        }

        void ask(Completions completions) {
            door = completions;
            for (int i = 0; i < CLIENTS; i++) {
                ask();
            }
        }

        void leave() {
            door = null;
        }

        private void ask() {
            Completions open = door;
            if (open != null) {
                open.accept(this::request, this);
            }
        }

        private CompletionRequest request(CompletionDoor client) {
            int number = asked.getAndIncrement();
            SamplerSpec sampler = Specs.sampler(8 + number / 10 % 5);
            return new CompletionRequest(
                    "prompt",
                    List.of(client.text("prompt", String.valueOf(number)), client.text("prompt", "1")),
                    1 + number % 3,
                    sampler,
                    7,
                    number / 10 % 2 == 0 ? 0L : null,
                    new CompletionRequest.Answer(sampler.getMaxTokens(), List.of("77"), true, true));
        }

        @Override
        public void piece(CompletionRequest request, Piece piece) {
            // only its end counts
        }

        @Override
        public void done(CompletionRequest request, List<Choice> choices) {
            if (rollouts.getAsBoolean()) {
                answeredMeanwhile.incrementAndGet();
            }
            ask();
        }

        @Override
        public void refused(Problem problem) {
            if (!problem.code().equals("no_weights")) {
                problems.add(problem);
            }
            ask();
        }
    }
}
