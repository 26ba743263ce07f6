package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.MemoryLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailurePolicyTest {

    private static final String RUN = "run";
    private static final Logger QUIET = Logger.getLogger(FailurePolicy.class.getName());

    static {
        QUIET.setLevel(Level.OFF);
    }

    private final MemoryLog log = new MemoryLog();
    private final List<String> exits = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private final StatusBoard status = new StatusBoard(RUN);
    private final Condition condition = new Condition();
    private final FailurePolicy policy = policy(log);

    static List<Throwable> environment() {
        return List.of(
                new OutOfMemoryError("Cannot reserve 16777216 bytes of direct buffer memory"),
                new KafkaException("training groups cannot be read", new OutOfMemoryError("Java heap space")),
                new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB"),
                new IllegalStateException("CUDA error: an illegal memory access was encountered"),
                new UnsatisfiedLinkError("libtorch.so"),
                new TopicAuthorizationException("no access"),
                new UncheckedIOException(new IOException("the disk is gone")));
    }

    @ParameterizedTest
    @MethodSource("environment")
    void whatAnotherProcessMayCureEndsThisOneAndNotTheRun(Throwable failure) {
        // When
        policy.handle(failure);

        // Then
        assertThat(exits).hasSize(1);
        assertThat(log.statuses()).isEmpty();
        assertThat(condition.now().activity()).isEqualTo("dead");
        assertThat(condition.now().broken()).isTrue();
    }

    static List<Throwable> lasting() {
        return List.of(
                new KafkaException("cannot be sent", new RecordTooLargeException("the group is bad")),
                new IllegalArgumentException("the shape is bad"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatWouldHappenAgainFailsTheRunAndTheServiceWaitsForTheNext(Throwable failure) {
        // When
        policy.handle(failure);

        // Then
        assertThat(exits).isEmpty();
        RunStatus written = log.statuses().get(0);
        assertThat(written.getState()).isEqualTo(RunState.FAILED);
        assertThat(written.getReason()).startsWith("trainer-consumer failed: ").endsWith("is bad");
        assertThat(condition.now().activity()).isEqualTo("failed");
        assertThat(condition.now().broken()).isFalse();
    }

    @Test
    void aRefusedRunFailsWithTheReasonAlone() {
        // When
        policy.handle(new RefusedRunException("loss.kl is negative"));

        // Then
        assertThat(log.statuses()).extracting(RunStatus::getReason).containsExactly("loss.kl is negative");
    }

    @Test
    void theStatusOfARunThatHasEndedStands() {
        // Given
        status.put(status.failed("before", 1, 1, Instant.EPOCH));

        // When
        policy.handle(new RefusedRunException("loss.kl is negative"));

        // Then
        assertThat(log.statuses()).isEmpty();
        assertThat(exits).isEmpty();
    }

    @Test
    void aTrainerThatWasFencedNeitherFailsTheRunNorComesBack() {
        // When
        policy.handle(new KafkaException(new ProducerFencedException("a newer one")));

        // Then
        assertThat(exits).isEmpty();
        assertThat(log.statuses()).isEmpty();
        assertThat(condition.now().activity()).isEqualTo("superseded");
    }

    @Test
    void aFailureThatCannotBeWrittenDownEndsTheProcess() {
        // Given
        FailurePolicy offline = policy(() -> {
            throw new TimeoutException("the broker is away");
        });

        // When
        offline.handle(new RefusedRunException("loss.kl is negative"));

        // Then
        assertThat(exits).hasSize(1);
    }

    @Test
    void nothingIsMadeOfAFailureWhileTheProcessEnds() {
        // Given
        stop.exit();

        // When
        policy.handle(new IllegalStateException("the tensors are closed"));

        // Then
        assertThat(exits).isEmpty();
        assertThat(log.statuses()).isEmpty();
    }

    private FailurePolicy policy(TrainerLog.Factory logs) {
        TrainerMetrics metrics = new TrainerMetrics(new SimpleMeterRegistry(), RUN);
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new FailurePolicy(
                logs, new Ports.Controls(clock, stop, status, condition, metrics), () -> exits.add("exit"));
    }
}
