package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailurePolicyTest {

    private final List<String> failures = new ArrayList<>();
    private final List<String> exits = new ArrayList<>();
    private final FailurePolicy policy = new FailurePolicy(failures::add, () -> exits.add("exit"), () -> {});

    static List<Throwable> passing() {
        return List.of(
                new StreamsException(new TimeoutException("the broker is away")),
                new MissingSourceTopicException("not yet"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesByItselfIsTriedAgain(Throwable failure) {
        // Given
        // When
        StreamThreadExceptionResponse response = policy.handle(failure);

        // Then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(failures).isEmpty();
        assertThat(exits).isEmpty();
    }

    static List<Throwable> environment() {
        return List.of(
                new ProcessorStateException("the disk is full"),
                new StreamsException(new TopicAuthorizationException("no access")),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("environment")
    void aBrokenEnvironmentEndsTheProcessAndNotTheRun(Throwable failure) {
        // Given
        // When
        StreamThreadExceptionResponse response = policy.handle(failure);

        // Then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures).isEmpty();
        assertThat(exits).hasSize(1);
    }

    @Test
    void anythingElseFailsTheRunWithItsCause() {
        // Given
        StreamsException failure = new StreamsException("processing", new IllegalStateException("a defect"));

        // When
        StreamThreadExceptionResponse response = policy.handle(failure);

        // Then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures).containsExactly("reward-stream failed: java.lang.IllegalStateException: a defect");
        assertThat(exits).hasSize(1);
    }

    @Test
    void aStatusThatCannotBeWrittenDoesNotKeepTheProcessAlive() {
        // Given
        FailurePolicy broken = new FailurePolicy(
                reason -> {
                    throw new TimeoutException("the broker is away");
                },
                () -> exits.add("exit"),
                () -> {});

        // When
        assertThatThrownBy(() -> broken.handle(new IllegalStateException("a defect")));

        // Then
        assertThat(exits).hasSize(1);
    }
}
