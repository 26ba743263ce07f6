package dev.tracerl.reward.service;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies. What passes by itself is tried again on a new thread; a broken environment ends
 * the process, which its supervisor starts again; anything else fails the run, because it would happen again.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final Consumer<String> failRun;
    private final Runnable exit;

    FailurePolicy(Consumer<String> failRun, Runnable exit) {
        this.failRun = failRun;
        this.exit = exit;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (isAnyOf(failure, RetriableException.class, MissingSourceTopicException.class)) {
            LOG.atWarn().setCause(failure).log("stream thread died, starting another");
            pause();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.atError().setCause(failure).log("stream thread died, giving up");
        if (!isEnvironment(failure)) {
            failRun.accept("reward-stream failed: " + root(failure));
        }
        exit.run();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isEnvironment(Throwable failure) {
        return isAnyOf(
                failure,
                ProcessorStateException.class,
                AuthenticationException.class,
                AuthorizationException.class,
                VirtualMachineError.class,
                LinkageError.class);
    }

    @SafeVarargs
    private static boolean isAnyOf(Throwable failure, Class<? extends Throwable>... types) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> Stream.of(types).anyMatch(type -> type.isInstance(cause)));
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
