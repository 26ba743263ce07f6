package dev.tracerl.benchmarks.stream;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a round took.
 *
 * @param seconds by the clock
 * @param processorSeconds of all threads of the process, the broker's included
 */
record Cost(double seconds, double processorSeconds) {

    private static final double NANOS = 1e9;

    /** Measures from now on. */
    static Meter begin() {
        return new Meter(System.nanoTime(), processorNanos());
    }

    /** The medians of several rounds. */
    static Cost median(List<Cost> rounds) {
        return new Cost(median(rounds, Cost::seconds), median(rounds, Cost::processorSeconds));
    }

    private static double median(List<Cost> rounds, ToDoubleFunction<Cost> value) {
        double[] sorted = rounds.stream().mapToDouble(value).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** The beginning of a measurement. */
    record Meter(long nanos, long processorNanos) {

        Cost end() {
            return end(1);
        }

        /** @param share by which what was measured must be multiplied to be the whole */
        Cost end(double share) {
            return new Cost(
                    share * (System.nanoTime() - nanos) / NANOS,
                    share * (Cost.processorNanos() - processorNanos) / NANOS);
        }
    }
}
