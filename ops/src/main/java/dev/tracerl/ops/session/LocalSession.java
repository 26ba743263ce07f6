package dev.tracerl.ops.session;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.stack.DataDir;
import dev.tracerl.ops.stack.Installation;
import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackException;
import dev.tracerl.ops.stack.StackSettings;
import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.Optional;

/** The local stack: one that runs already, or one that is started and stopped with the command. */
public final class LocalSession implements StackSession {

    private final StackState state;
    private final Path dataDir;
    private final Screen screen;
    private final Start start;
    private final StackWatch watch;
    private volatile boolean closed;
    private volatile boolean interrupted;

    /** Who has started the stack, and what becomes of it at the end. */
    private enum Start {
        FOUND,
        KEPT,
        OWNED
    }

    private LocalSession(StackState state, Path dataDir, Screen screen, Start start) {
        this.state = state;
        this.dataDir = dataDir;
        this.screen = screen;
        this.start = start;
        this.watch = new StackWatch(dataDir, screen);
    }

    /**
     * Finds the stack of the settings' data directory or starts it.
     *
     * @param keepRunning whether a stack that was started stays up at the end
     * @throws StackException if it cannot be started
     */
    public static LocalSession open(
            Installation installation, StackSettings settings, boolean keepRunning, Screen screen) {
        Path dataDir = settings.dataDir();
        Optional<StackState> running =
                LocalStack.find(dataDir).filter(found -> found.phase() == StackState.Phase.READY);
        if (running.isPresent()) {
            screen.line("Using the stack that runs in " + dataDir + ", which stays up");
            return new LocalSession(running.get(), dataDir, screen, Start.FOUND).stopOnExit();
        }
        screen.line("Starting broker, registry and services in " + dataDir + " ...");
        StackState started = LocalStack.start(installation, settings, !keepRunning);
        return new LocalSession(started, dataDir, screen, keepRunning ? Start.KEPT : Start.OWNED).stopOnExit();
    }

    /** For Ctrl-C. */
    private LocalSession stopOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "stop"));
        return this;
    }

    private void interrupted() {
        if (closed) {
            return;
        }
        interrupted = true;
        screen.clear();
        if (stopsAtEnd()) {
            screen.line("Interrupted: stopping the stack. Run the command again to continue.");
            stop();
        } else {
            screen.line(
                    "Interrupted: the run goes on in the background; see tracerl status, stop it with tracerl down.");
        }
    }

    @Override
    public Connection connection() {
        return new Connection(state.bootstrapServers(), state.registryUrl())
                .with(Optional.of(new DataDir(dataDir).weights()));
    }

    @Override
    public Optional<StackState> state() {
        return Optional.of(state);
    }

    @Override
    public String deployment() {
        return state.deployment();
    }

    @Override
    public boolean isNew() {
        return start != Start.FOUND;
    }

    @Override
    public boolean stopsAtEnd() {
        return start == Start.OWNED;
    }

    @Override
    public void tick(long milestones) {
        if (interrupted) {
            awaitEnd();
        }
        try {
            watch.tick(milestones);
        } catch (StackException e) {
            if (interrupted) {
                awaitEnd();
            }
            throw e;
        }
    }

    /** The Java machine is shutting down; nothing more is to be shown. */
    private static void awaitEnd() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (stopsAtEnd()) {
            screen.status("stopping the stack");
            stop();
            screen.clear();
        }
    }

    private void stop() {
        try {
            LocalStack.stop(dataDir);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
