package dev.tracerl.benchmarks.learning;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of this thread since it was made or last asked for a lap: seconds on an otherwise idle core. */
final class Stopwatch {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long start = THREADS.getCurrentThreadCpuTime();

    double seconds() {
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }

    double lap() {
        double seconds = seconds();
        start = THREADS.getCurrentThreadCpuTime();
        return seconds;
    }
}
