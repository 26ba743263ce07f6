package dev.tracerl.verifiers.math.symbolic;

import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.compare.SymbolicEngine;
import dev.tracerl.verifiers.math.numeric.PieceSampling;
import dev.tracerl.verifiers.math.numeric.PreciseSampling;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a worker process, one question at a time. A process that is too slow is killed; the next question starts another.
 * After a failed start, questions fail for a while before the next attempt.
 * Thread-safe.
 */
public final class SymjaEngine implements SymbolicEngine, AutoCloseable {

    /** How long a failed start is not repeated: an attempt may take as long as a start may. */
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Starts workers. */
    interface Starter {
        WorkerProcess start() throws IOException, InterruptedException;
    }

    private final long limitMillis;
    private final Starter starter;
    private final LongSupplier nanos;
    private @Nullable WorkerProcess worker;
    private @Nullable String startFailure;
    private long failedAt;
    private long asked;

    /** An engine that gives up on a question after a time. */
    public SymjaEngine(long limitMillis) {
        this(limitMillis, WorkerProcess::start, System::nanoTime);
    }

    SymjaEngine(long limitMillis, Starter starter, LongSupplier nanos) {
        this.limitMillis = limitMillis;
        this.starter = starter;
        this.nanos = nanos;
    }

    @Override
    public Decision equal(Expr left, Expr right) {
        SymjaText text = new SymjaText(left, right);
        if (text.variables() > EqualityTest.MAX_VARIABLES) {
            return Decision.UNKNOWN;
        }
        String question;
        try {
            question = text.write(left) + "\t" + text.write(right);
        } catch (UnsupportedOperationException | TooLargeException e) {
            return Decision.UNKNOWN;
        }
        return switch (ask(question)) {
            case EqualityTest.EQUAL -> Decision.EQUAL;
            case EqualityTest.AGREEING -> confirmed(PieceSampling.confirmed(left, right));
            case EqualityTest.DIFFERENT -> Decision.DIFFERENT;
            default -> Decision.UNKNOWN;
        };
    }

    private static Decision confirmed(PreciseSampling.Finding agreement) {
        return switch (agreement) {
            case AGREE -> Decision.EQUAL;
            case DIFFER -> Decision.DIFFERENT;
            case NOTHING -> Decision.UNKNOWN;
        };
    }

    private synchronized String ask(String question) {
        try {
            WorkerProcess running = running();
            String number = String.valueOf(++asked);
            running.send(number + "\t" + question);
            Optional<String> answer = running.answer(limitMillis);
            if (answer.isEmpty()) {
                close();
                throw new SymbolicTimeoutException("symbolic comparison took longer than " + limitMillis + " ms");
            }
            return answer.get().substring(answer.get().indexOf('\t') + 1);
        } catch (IOException e) {
            close();
            throw new IllegalStateException("symbolic mathematics failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new SymbolicTimeoutException("interrupted during a symbolic comparison");
        }
    }

    private WorkerProcess running() throws IOException, InterruptedException {
        if (startFailure != null && nanos.getAsLong() - failedAt < PAUSE_NANOS) {
            throw new IOException(startFailure);
        }
        if (worker == null || !worker.isAlive()) {
            try {
                worker = starter.start();
                startFailure = null;
            } catch (IOException e) {
                startFailure = String.valueOf(e.getMessage());
                failedAt = nanos.getAsLong();
                throw e;
            }
        }
        return worker;
    }

    @Override
    public synchronized void close() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }
}
