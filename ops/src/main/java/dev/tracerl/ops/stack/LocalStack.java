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
    private static final String SUPERVISOR = "supervisor";

    /** How the command line begins a sentence that is meant for the user. */
    private static final String OWN_WORDS = "tracerl: ";

    private LocalStack() {}

    /** State of the stack of a data folder, if its supervisor lives. */
    public static Optional<StackState> find(Path dataDir) {
        DataDir dir = new DataDir(dataDir);
        return StackLock.isHeld(dir) ? StackStateFile.read(dir) : Optional.empty();
    }

    /**
     * Starts a stack and waits until it is ready. Writes nothing into the data folder but the supervisor's log: the rest
     * belongs to whoever holds the lock.
     *
     * @param owned the stack stops when this process ends, however it ends
     * @throws StackException with the reason in one sentence
     */
    public static StackState start(Installation installation, StackSettings settings, boolean owned) {
        DataDir dir = new DataDir(settings.dataDir());
        try {
            SupervisorProcess.requireFree(dir);
            Preflight.check(settings);
            OldLogs.putAway(dir.create().log(SUPERVISOR));
            EventTail said = EventTail.ofProcess(dir, SUPERVISOR);
            return awaitReady(dir, spawn(installation, settings, owned), said);
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
        Path log = new DataDir(settings.dataDir()).log(SUPERVISOR);
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

    static StackState awaitReady(DataDir dir, Process supervisor, EventTail said) throws InterruptedException {
        while (true) {
            boolean ended = supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            Optional<StackState> state =
                    StackStateFile.read(dir).filter(found -> found.pid() == supervisor.pid()); // not an earlier one's
            if (ended) {
                throw new StackException(state.map(StackState::message)
                        .filter(message -> !message.isEmpty())
                        .orElseGet(() -> reason(dir, supervisor.exitValue(), said.next())));
            }
            if (state.isPresent() && state.get().phase() == StackState.Phase.READY) {
                return state.get();
            }
        }
    }

    /** Why a supervisor ended that has told nothing in the state file: its last words, or what its exit code means. */
    private static String reason(DataDir dir, int exitCode, List<String> said) {
        Path log = dir.log(SUPERVISOR);
        return said.stream()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(line -> line.startsWith(OWN_WORDS) ? line.substring(OWN_WORDS.length()) : ended(line, log))
                .orElseGet(() -> ended(Diagnosis.of(exitCode, log, Optional.empty()), log));
    }

    private static String ended(String why, Path log) {
        return "the supervisor ended: %s (log: %s)".formatted(why, log);
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
