package dev.tracerl.reward.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of this process at work, one per thread. */
public final class RunningWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningWorkers.class);
    private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final List<VerificationWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private RunningWorkers() {}

    /**
     * Starts workers for a run.
     *
     * @param died called when one cannot go on
     */
    public static RunningWorkers start(String runId, WorkerParts parts, int threads, Runnable died) {
        RunningWorkers running = new RunningWorkers();
        for (int thread = 0; thread < threads; thread++) {
            running.add(runId, parts, thread, died);
        }
        return running;
    }

    private void add(String runId, WorkerParts parts, int number, Runnable died) {
        String name = parts.name() + "-" + number;
        VerificationWorker worker = new VerificationWorker(
                runId,
                new WorkerParts(
                        parts.connection(),
                        parts.serdes(),
                        parts.verifiers(),
                        name,
                        parts.sessionTimeout(),
                        parts.attempts()));
        Thread thread = new Thread(worker, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, problem) -> {
            LOG.atError().addKeyValue("worker", name).setCause(problem).log("worker died, exiting");
            died.run();
        });
        workers.add(worker);
        threads.add(thread);
        thread.start();
    }

    /** Whether all of them are at work. */
    public boolean isAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() {
        workers.forEach(VerificationWorker::stop);
        for (Thread thread : threads) {
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
