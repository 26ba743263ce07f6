package dev.tracerl.reward.service;

import dev.tracerl.schemas.client.ServiceMemory;
import java.util.List;
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

    private static final List<Class<? extends Throwable>> PASSING =
            List.of(RetriableException.class, MissingSourceTopicException.class);
    private static final List<Class<? extends Throwable>> ENVIRONMENT = List.of(
            ProcessorStateException.class,
            AuthenticationException.class,
            AuthorizationException.class,
            VirtualMachineError.class,
            LinkageError.class);

    private final Consumer<String> failRun;
    private final Runnable exit;
    private final Runnable pause;

    /** @param pause waits a little before a new thread is started */
    FailurePolicy(Consumer<String> failRun, Runnable exit, Runnable pause) {
        this.failRun = failRun;
        this.exit = exit;
        this.pause = pause;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (isCausedBy(failure, PASSING)) {
            LOG.atWarn().setCause(failure).log("stream thread died, starting another");
            pause.run();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        String reason = ServiceMemory.REWARD.advice(failure).orElse(String.valueOf(root(failure)));
        LOG.atError().addKeyValue("reason", reason).setCause(failure).log("stream thread died, giving up");
        try {
            if (!isCausedBy(failure, ENVIRONMENT)) {
                failRun.accept("reward-stream failed: " + root(failure));
            }
        } finally {
            exit.run();
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isCausedBy(Throwable failure, List<Class<? extends Throwable>> types) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> types.stream().anyMatch(type -> type.isInstance(cause)));
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
