package dev.tracerl.ops.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Body of the process that supervises a stack: runs until it is terminated, or until its owner's pipe ends. */
public final class SupervisorProcess {

    private static final int LOCK_ATTEMPTS = 20;
    private static final long LOCK_PAUSE_MILLIS = 50;
    private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(60);

    private SupervisorProcess() {}

    /**
     * Starts the stack and keeps it alive.
     *
     * @param ownerPipe if present, the stack stops when this stream ends
     * @return exit code, only if the stack could not be started
     * @throws StackException if the data folder has a supervisor; it is left alone
     */
    public static int run(Installation installation, StackSettings settings, Optional<InputStream> ownerPipe)
            throws InterruptedException {
        DataDir dir = new DataDir(settings.dataDir()).create();
        StackLock lock = takeLock(dir);
        DataDir.delete(dir.state());
        new Watchdog(dir).awaitCleanUp(CLEAN_UP_LIMIT);
        Supervisor supervisor = new Supervisor(installation, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor, lock), "stop"));
        ownerPipe.ifPresent(SupervisorProcess::exitAtEnd);
        try {
            supervisor.start();
        } catch (StackException e) {
            supervisor.fail(String.valueOf(e.getMessage()));
            return 1;
        } catch (RuntimeException e) {
            supervisor.fail(e + " (log: " + dir.log("supervisor") + ")");
            throw e;
        }
        Thread.currentThread().join();
        return 0;
    }

    /**
     * Makes sure that a data folder has no supervisor.
     *
     * @throws StackException saying what the one that is there does
     */
    static void requireFree(DataDir dir) throws InterruptedException {
        if (StackLock.isHeld(dir)) {
            takeLock(dir).close();
        }
    }

    /** Tries for a while: whoever looks whether the lock is held takes it for a moment. */
    private static StackLock takeLock(DataDir dir) throws InterruptedException {
        Optional<StackLock> lock = StackLock.tryTake(dir);
        for (int attempt = 1; lock.isEmpty() && attempt < LOCK_ATTEMPTS; attempt++) {
            Thread.sleep(LOCK_PAUSE_MILLIS);
            lock = StackLock.tryTake(dir);
        }
        return lock.orElseThrow(() -> new StackException(StackStateFile.read(dir)
                .map(StackState::occupation)
                .orElse("another tracerl is starting this stack; wait for it")));
    }

    private static void stop(Supervisor supervisor, StackLock lock) {
        supervisor.stop();
        lock.close();
    }

    private static void exitAtEnd(InputStream pipe) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pipe.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // The owner is gone, too.
                    }
                    System.exit(0);
                },
                "owner");
        thread.setDaemon(true);
        thread.start();
    }
}
