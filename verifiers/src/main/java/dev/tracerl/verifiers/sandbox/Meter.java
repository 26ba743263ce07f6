package dev.tracerl.verifiers.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a sandbox that uses more than its limits. Processor time and sleep are counted apart from the clock, so that a busy
 * host changes no verdict: a process that wants to run but is not let is charged nothing. Thread-safe.
 */
public final class Meter {

    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final ScheduledExecutorService TICKS = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-meter");
        thread.setDaemon(true);
        return thread;
    });

    private final Process process;
    private final Limits limits;
    private final long startedAt = System.nanoTime();
    private final ScheduledFuture<?> ticking;
    private @Nullable Long interpreter;
    private @Nullable Breach breach;
    private @Nullable Duration start;
    private @Nullable Duration testStart;
    private Duration lastCpu = Duration.ZERO;
    private Duration idle = Duration.ZERO;
    private Duration totalIdle = Duration.ZERO;
    private boolean running = true;

    Meter(Process process, Limits limits) {
        this.process = process;
        this.limits = limits;
        this.ticking =
                TICKS.scheduleWithFixedDelay(this::tick, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A test begins: its processor time and sleep are counted from here on. */
    public synchronized void beginTest() {
        testStart = null;
        idle = Duration.ZERO;
    }

    /** It is waited for from here on, so that it may not sleep. */
    public synchronized void resume() {
        running = true;
    }

    /** Nobody waits for it. */
    public synchronized void pause() {
        running = false;
    }

    /** The limit for which the sandbox was ended; empty if it was not. */
    public synchronized Optional<Breach> breach() {
        return Optional.ofNullable(breach);
    }

    /** Processor time and sleep of all tests so far; the last 20 ms may be missing. */
    public synchronized Duration used() {
        return start == null ? Duration.ZERO : lastCpu.minus(start).plus(totalIdle);
    }

    void stop() {
        ticking.cancel(false);
    }

    private synchronized void tick() {
        if (breach != null || !process.isAlive()) {
            return;
        }
        if (System.nanoTime() - startedAt > limits.clock().toNanos()) {
            end(Breach.CLOCK);
        }
        if (interpreter == null) {
            interpreter = Usage.interpreter(process.pid()).orElse(null);
        }
        if (interpreter != null && breach == null) {
            Usage.of(interpreter).ifPresent(this::charge);
        }
    }

    private void charge(Usage usage) {
        start = start == null ? usage.cpu() : start;
        testStart = testStart == null ? usage.cpu() : testStart;
        if (running && usage.sleeps() && usage.cpu().equals(lastCpu)) {
            idle = idle.plus(PERIOD);
            totalIdle = totalIdle.plus(PERIOD);
        }
        lastCpu = usage.cpu();
        if (usage.cpu().minus(testStart).compareTo(limits.cpu()) > 0) {
            end(Breach.CPU);
        } else if (isIdleTooLong()) {
            end(Breach.IDLE);
        }
    }

    private boolean isIdleTooLong() {
        return idle.compareTo(limits.idle()) > 0 || totalIdle.compareTo(limits.totalIdle()) > 0;
    }

    private void end(Breach cause) {
        breach = cause;
        process.destroyForcibly();
    }
}
