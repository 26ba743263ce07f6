package dev.tracerl.benchmarks.training;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Time of the processor under this thread, which all the arithmetic runs on; other load does not count. */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /** Seconds that some work takes. */
    static double of(Runnable work) {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }
}
