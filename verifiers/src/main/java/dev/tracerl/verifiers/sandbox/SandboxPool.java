package dev.tracerl.verifiers.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts sandboxes before they are needed. Each is given out once: no two programs ever share one. Thread-safe. */
public final class SandboxPool implements AutoCloseable {

    private final List<String> command;
    private final Path filter;
    private final int warm;
    private final Deque<CompletableFuture<Process>> ready = new ArrayDeque<>();

    /** The kernel ends a sandbox with the thread that started it, so all are started by one that lives as long as this. */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-starter");
        thread.setDaemon(true);
        return thread;
    });

    private SandboxPool(Host host, Path filter, int warm) {
        this.filter = filter;
        this.command = SandboxCommand.of(host, filter);
        this.warm = warm;
    }

    /**
     * A pool on this host, after one sandbox has been built for a trial.
     *
     * @param warm how many sandboxes wait
     * @throws SandboxUnavailableException if none can be built, saying why
     */
    public static SandboxPool open(int warm) {
        Host host = Host.find();
        try {
            Path filter = Files.createTempFile("tracerl-system-calls", ".bpf");
            filter.toFile().deleteOnExit();
            Files.write(filter, SeccompFilter.program());
            SandboxPool pool = new SandboxPool(host, filter, warm);
            pool.take().close();
            return pool;
        } catch (IOException e) {
            throw new SandboxUnavailableException("the filter of system calls cannot be written: " + e, e);
        }
    }

    /**
     * A blank sandbox, which the caller closes.
     *
     * @throws SandboxUnavailableException if none can be built
     */
    public Sandbox take() {
        try {
            Process process = next().join();
            return new Sandbox(process.isAlive() ? process : next().join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof SandboxUnavailableException problem) {
                throw problem;
            }
            throw e;
        }
    }

    private synchronized CompletableFuture<Process> next() {
        while (ready.size() <= warm) {
            ready.add(CompletableFuture.supplyAsync(this::start, starter));
        }
        return ready.remove();
    }

    private Process start() {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        ready.clear();
        // Sandboxes end with the thread that started them.
        starter.shutdownNow();
        try {
            Files.deleteIfExists(filter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
