package dev.tracerl.benchmarks.stream;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;

/** Who spends processor time, told by the names of the threads. */
enum Part {
    /** The topology's stream threads. */
    STREAM,
    /** Clients that send, and the benchmark's own consumer. */
    CLIENTS,
    /** The broker. */
    BROKER,
    /** What is no thread of Java's: compiler and garbage collector. */
    MACHINE;

    /** Processor time of all threads that are alive. */
    static Map<Part, Long> processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Part, Long> spent = new EnumMap<>(Part.class);
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                long nanos = Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
                spent.merge(of(thread.getThreadName()), nanos, Long::sum);
            }
        }
        return spent;
    }

    private static Part of(String thread) {
        if (thread.startsWith("kafka-producer-network-thread") || thread.equals("main")) {
            return CLIENTS;
        }
        return thread.contains("StreamThread") || thread.contains("StateUpdater") ? STREAM : BROKER;
    }
}
