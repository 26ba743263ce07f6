package dev.tracerl.verifiers.sandbox;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python interpreter that can only compute. It is blank until it begins a program, takes one program, and ends with all
 * that belongs to it when it is closed or when this process ends. For one thread.
 */
public final class Sandbox implements AutoCloseable {

    private static final long FILE_BYTES = 16 * 1024 * 1024;
    private static final int PROBLEM_CHARACTERS = 500;

    private final Process process;
    private final DataInputStream input;
    private final OutputStream output;
    private Optional<Meter> meter = Optional.empty();

    /** Waits until the interpreter is warm. */
    Sandbox(Process process) {
        this.process = process;
        this.input = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.output = process.getOutputStream();
        try {
            if (Frame.read(input).isEmpty()) {
                throw new SandboxUnavailableException("bwrap cannot build a sandbox: " + problem());
            }
        } catch (IOException e) {
            close();
            throw new SandboxUnavailableException("a sandbox cannot be read: " + e, e);
        }
    }

    /**
     * Begins a program: Python source that defines {@code run}.
     *
     * @param arguments what {@code run} is called with
     */
    public Meter begin(Limits limits, String program, List<String> arguments) throws IOException {
        Meter begun = new Meter(process, limits);
        meter = Optional.of(begun);
        List<String> call = new ArrayList<>();
        call.add(program);
        call.add(String.valueOf(Math.max(1, limits.totalCpu().toSeconds())));
        call.add(String.valueOf(limits.memoryBytes()));
        call.add(String.valueOf(FILE_BYTES));
        call.addAll(arguments);
        send(new Frame('B', PlainValues.encode(call)));
        return begun;
    }

    /** Sends a message. */
    public void send(Frame frame) throws IOException {
        frame.write(output);
    }

    /** The next message; empty if the process has ended. */
    public Optional<Frame> read() throws IOException {
        return Frame.read(input);
    }

    /** What the process writes besides messages. */
    public InputStream stream() {
        return input;
    }

    /** Exit status once it has ended; 128 and the signal's number if a signal ended it. */
    public int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        meter.ifPresent(Meter::stop);
        process.destroyForcibly();
    }

    private String problem() throws IOException {
        process.destroyForcibly();
        String text = new String(process.getErrorStream().readNBytes(PROBLEM_CHARACTERS), StandardCharsets.UTF_8);
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text.isBlank() ? "no message" : text.strip();
    }
}
