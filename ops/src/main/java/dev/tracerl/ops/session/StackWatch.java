package dev.tracerl.ops.session;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.stack.EventTail;
import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackException;
import dev.tracerl.ops.stack.StackState;
import java.nio.file.Path;

/** Tells what happens to a local stack while a run is waited for, and when to wait no longer. Not thread-safe. */
public final class StackWatch {

    private static final long CHECK_MILLIS = 3_000;

    private final Path dataDir;
    private final Screen screen;
    private final EventTail events;
    private final CrashWatch crashes = new CrashWatch();
    private long nextCheck;

    /** Watches from now on. */
    public StackWatch(Path dataDir, Screen screen) {
        this.dataDir = dataDir;
        this.screen = screen;
        this.events = EventTail.ofEvents(dataDir);
    }

    /**
     * A moment passed.
     *
     * @param milestones how far the run has come; a number that changes whenever it gets further
     * @throws StackException if the stack is down, or crashes again and again while the run gets no further
     */
    public void tick(long milestones) {
        events.next().forEach(event -> screen.line("  ! " + event));
        long now = System.currentTimeMillis();
        if (now >= nextCheck) {
            nextCheck = now + CHECK_MILLIS;
            requireUp(milestones);
        }
    }

    private void requireUp(long milestones) {
        StackState up = LocalStack.find(dataDir)
                .orElseThrow(() -> new StackException("the stack is down (log: " + dataDir.resolve("logs/events.log")
                        + "): run the command again to continue"));
        crashes.problem(milestones, up.processes()).ifPresent(problem -> {
            throw new StackException(problem);
        });
    }
}
