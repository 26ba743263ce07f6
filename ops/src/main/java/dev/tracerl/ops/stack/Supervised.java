package dev.tracerl.ops.stack;

import dev.tracerl.schemas.client.RunAssignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process that is kept alive.
 *
 * <pre>
 *   start -> awaitReady -> keepAlive: ended with {@link RunAssignment#EXIT_CODE} -> started again at once
 *                                     ended otherwise -> the user is told, started again after a pause
 *            beginStop -> awaitStop
 * </pre>
 */
final class Supervised {

    private static final long POLL_MILLIS = 100;

    private final ProcessSpec spec;
    private final Events events;
    private final Runnable onChange;
    private final Backoff backoff = new Backoff();
    private @Nullable ChildProcess child;
    private int restarts;
    private String lastEnd = "";
    private boolean stopping;
    private volatile boolean ready; // since its start

    /** @param onChange called after every start and every end of the process */
    Supervised(ProcessSpec spec, Events events, Runnable onChange) {
        this.spec = spec;
        this.events = events;
        this.onChange = onChange;
    }

    /** Starts the process, unless it is being stopped. */
    void start() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            child = ChildProcess.start(spec);
            ready = false;
        }
        onChange.run();
    }

    /**
     * Waits until all processes are ready, or were since they were started: a service whose run makes it crash is started
     * again later and does not keep the others from starting.
     *
     * @throws StackException if one ends before, or does not become ready in time
     */
    static void awaitReady(List<Supervised> processes, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Supervised> waiting = new ArrayList<>(processes);
        for (waiting.removeIf(Supervised::isReady); !waiting.isEmpty(); waiting.removeIf(Supervised::isReady)) {
            if (System.nanoTime() > deadline) {
                ProcessSpec late = waiting.get(0).spec;
                throw new StackException(
                        "%s is not ready after %d s (log: %s)".formatted(late.name(), limit.toSeconds(), late.log()));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean isReady() {
        ready = ready || Health.isReady(spec.health());
        ChildProcess current = current();
        if (!ready && current != null && !current.isAlive()) {
            throw new StackException(
                    "%s did not start: %s (log: %s)".formatted(spec.name(), diagnosis(current.exitCode()), spec.log()));
        }
        return ready;
    }

    /** Starts the process again whenever it ends, on a thread of its own. */
    void keepAlive() {
        Thread thread = new Thread(this::restartForever, "keep-" + spec.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void restartForever() {
        try {
            for (ChildProcess current = current(); current != null; current = current()) {
                int exitCode = current.awaitExit();
                if (isStopping()) {
                    return;
                }
                pauseAfter(current, exitCode);
                start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pauseAfter(ChildProcess ended, int exitCode) throws InterruptedException {
        if (exitCode == RunAssignment.EXIT_CODE) {
            return;
        }
        Duration pause = backoff.after(ended.life());
        String why = diagnosis(exitCode);
        synchronized (this) {
            restarts++;
            lastEnd = why;
        }
        events.tell("%s ended: %s; it is started again in %d s (log: %s)"
                .formatted(spec.name(), why, pause.toSeconds(), spec.log()));
        onChange.run();
        Thread.sleep(pause.toMillis());
    }

    private String diagnosis(int exitCode) {
        return Diagnosis.of(exitCode, spec.log(), Services.memory(spec.name()));
    }

    /** Asks the process to end and starts it no more. */
    void beginStop() {
        ChildProcess running;
        synchronized (this) {
            stopping = true;
            running = child;
        }
        if (running != null) {
            running.terminate();
        }
    }

    /** Waits for the end of the process; when the time is over it is killed. */
    void awaitStop(Duration limit) {
        ChildProcess running = current();
        if (running != null) {
            running.endWithin(limit);
        }
    }

    ProcessSpec spec() {
        return spec;
    }

    synchronized StackState.ProcessState state() {
        long pid = child != null && child.isAlive() ? child.pid() : -1;
        return new StackState.ProcessState(
                spec.name(), pid, spec.health().toString(), spec.log().toString(), restarts, lastEnd);
    }

    private synchronized @Nullable ChildProcess current() {
        return child;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }
}
