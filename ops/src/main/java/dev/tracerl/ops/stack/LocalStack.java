package dev.tracerl.ops.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The stack of a data folder, as seen by the commands: starts, finds and stops its supervisor. */
public final class LocalStack {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;

    private LocalStack() {}

    /** State of the stack of a data folder, if its supervisor lives. */
    public static Optional<StackState> find(Path dataDir) {
        DataDir dir = new DataDir(dataDir);
        return StackLock.isHeld(dir) ? StackStateFile.read(dir) : Optional.empty();
    }

    /**
     * Starts a stack and waits until it is ready.
     *
     * @param owned the stack stops when this process ends, however it ends
     * @throws StackException with the reason in one sentence
     */
    public static StackState start(Installation installation, StackSettings settings, boolean owned) {
        Preflight.check(settings);
        DataDir dir = new DataDir(settings.dataDir()).create();
        try {
            new Watchdog(dir).awaitCleanUp(STOP_LIMIT);
            DataDir.delete(dir.state());
            return awaitReady(dir, spawn(installation, settings, owned));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the stack was starting", e);
        }
    }

    private static Process spawn(Installation installation, StackSettings settings, boolean owned) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", ChildProcess.IGNORE_TERMINAL, "sh"));
        command.addAll(List.of(Installation.java().toString(), "-Xmx64m", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dtracerl.home=" + installation.home()));
        command.addAll(List.of("-jar", installation.commandLine().toString(), "supervise"));
        command.addAll(List.of("--data-dir", settings.dataDir().toString()));
        command.addAll(List.of("--rollouts", String.valueOf(settings.rollouts())));
        command.addAll(List.of("--verifiers", String.valueOf(settings.verifiers())));
        command.addAll(List.of("--broker-port", String.valueOf(settings.brokerPort())));
        command.addAll(List.of("--registry-port", String.valueOf(settings.registryPort())));
        if (owned) {
            command.add("--owned");
        }
        Path log = new DataDir(settings.dataDir()).log("supervisor");
        OldLogs.putAway(log);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (!owned) {
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StackException("the supervisor could not be started: " + e.getMessage(), e);
        }
    }

    private static StackState awaitReady(DataDir dir, Process supervisor) throws InterruptedException {
        while (true) {
            boolean ended = supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            Optional<StackState> state = StackStateFile.read(dir);
            if (ended) {
                throw new StackException(state.map(StackState::message)
                        .filter(message -> !message.isEmpty())
                        .orElse("the supervisor ended (log: " + dir.log("supervisor") + ")"));
            }
            if (state.isPresent() && state.get().phase() == StackState.Phase.READY) {
                return state.get();
            }
        }
    }

    /**
     * Stops the stack of a data folder and waits until it is down. Does nothing if it is not running.
     *
     * @return false if it does not end in time
     */
    public static boolean stop(Path dataDir) throws InterruptedException {
        DataDir dir = new DataDir(dataDir);
        find(dataDir).map(StackState::pid).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroy);
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (StackLock.isHeld(dir)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
