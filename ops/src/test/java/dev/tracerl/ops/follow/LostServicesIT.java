package dev.tracerl.ops.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.ops.render.RunScreen;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.session.RunFailedException;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A run that is followed while its deployment is told to do something else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostServicesIT {

    private static final int LIMIT_SECONDS = 60;

    private final TestLog log = TestLog.shared();

    @BeforeAll
    void warmUp() {
        TestRun.warmUp(log, "lost-warm-up");
    }

    @Test
    void aFollowerThatWaitsSaysThatTheRunStandsStillAndThatItGoesOn() throws Exception {
        // Given
        TestRun run = started("lost-waits");
        StringWriter shown = new StringWriter();
        Screen screen = new Screen(new PrintWriter(shown), false);
        CountDownLatch left = new CountDownLatch(1);
        CompletableFuture<RunProgress> following = follow(run, screen, reason -> {
            screen.line(reason);
            left.countDown();
        });

        // When
        assign("lost-waits", "other");
        assertThat(left.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assign("lost-waits", "lost-waits");
        run.status(RunState.FINISHED, 0L);

        // Then
        assertThat(following.get(LIMIT_SECONDS, TimeUnit.SECONDS).finalVersion())
                .contains(0L);
        assertThat(shown.toString().lines())
                .containsSubsequence(
                        "run lost-waits stands still: deployment lost-waits works on run other; it goes on with:"
                                + " tracerl start --run lost-waits",
                        "run lost-waits goes on");
    }

    @Test
    void aFollowerMayEndWithTheServices() {
        // Given
        TestRun run = started("lost-ends");
        CompletableFuture<RunProgress> following =
                follow(run, new Screen(new PrintWriter(new StringWriter()), false), reason -> {
                    throw new RunFailedException(reason);
                });

        // When
        assign("lost-ends", null);

        // Then
        assertThatThrownBy(() -> following.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(RunFailedException.class)
                .hasMessageContaining("run lost-ends stands still: deployment lost-ends was taken off it; it goes on"
                        + " with: tracerl start --run lost-ends");
    }

    @Test
    void aRunThatHasEndedMayLoseItsServices() throws Exception {
        // Given
        TestRun run = started("lost-over");
        CompletableFuture<RunProgress> following =
                follow(run, new Screen(new PrintWriter(new StringWriter()), false), reason -> {
                    throw new RunFailedException(reason);
                });

        // When
        run.status(RunState.FINISHED, 0L);
        assign("lost-over", "other");

        // Then
        assertThat(following.get(LIMIT_SECONDS, TimeUnit.SECONDS).finalVersion())
                .contains(0L);
    }

    private TestRun started(String runId) {
        TestRun run = TestRun.reinforcement(log, runId, "lost-warm-up").status(RunState.RUNNING, null);
        assign(runId, runId);
        return run;
    }

    private void assign(String deployment, @Nullable String runId) {
        log.send(Topics.ASSIGNMENTS, deployment, new Assignment(deployment, runId, Instant.EPOCH));
    }

    /** Follows on a thread of its own; returns when what is on the log is read. */
    private CompletableFuture<RunProgress> follow(TestRun run, Screen screen, Consumer<String> onLeft) {
        CountDownLatch ticked = new CountDownLatch(1);
        RunScreen view = new RunScreen(screen, "run", run.spec(), progress -> ticked.countDown(), onLeft);
        CompletableFuture<RunProgress> following = CompletableFuture.supplyAsync(
                () -> RunFollower.follow(log.connection(), log.serdes(), run.spec(), view));
        try {
            assertThat(ticked.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return following;
    }
}
