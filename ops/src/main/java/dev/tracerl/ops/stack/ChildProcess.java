package dev.tracerl.ops.stack;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A started child. It ignores the interrupt and the hang-up of the user's terminal, so that Ctrl-C reaches the
 * supervisor only, which stops its children in order.
 */
final class ChildProcess {

    static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

    private final Process process;
    private final long startedNanos = System.nanoTime();

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts a process; its output goes to the end of its log. What one that was killed has left is taken away. */
    static ChildProcess start(ProcessSpec spec) {
        DataDir.empty(spec.temporary());
        OldLogs.putAway(spec.log());
        List<String> command = new ArrayList<>(List.of("sh", "-c", IGNORE_TERMINAL, "sh"));
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().putAll(spec.environment());
        try {
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new StackException(spec.name() + " could not be started: " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Exit code of a process that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    Duration life() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Asks the process to end. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process and kills it when the time is over. */
    void endWithin(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
