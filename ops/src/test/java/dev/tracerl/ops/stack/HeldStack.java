package dev.tracerl.ops.stack;

import java.nio.file.Path;
import java.util.List;

/** A data folder whose lock is held by a supervisor that has got as far as the given phase. */
public final class HeldStack implements AutoCloseable {

    /** Process id that the supervisor has written down. */
    public static final long PID = 4711;

    private final StackLock lock;

    private HeldStack(StackLock lock) {
        this.lock = lock;
    }

    /** A folder in that state until this is closed. */
    public static HeldStack of(Path folder, StackState.Phase phase) {
        DataDir dir = new DataDir(folder).create();
        StackLock lock = StackLock.tryTake(dir).orElseThrow();
        StackStateFile.write(
                dir, new StackState(PID, phase, "", "127.0.0.1:1", "http://127.0.0.1:1", "local", 0, List.of()));
        new Watchdog(dir).remember(List.of(List.of(ProcessHandle.current().pid())));
        return new HeldStack(lock);
    }

    @Override
    public void close() {
        lock.close();
    }
}
