package dev.tracerl.benchmarks.stream;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a round took.
 *
 * @param seconds by the clock
 * @param processorSeconds of all threads of the process, the broker's included
 * @param parts of the processor seconds, by who spent them
 */
record Cost(double seconds, double processorSeconds, Map<Part, Double> parts) {

    private static final double NANOS = 1e9;

    Cost {
        parts = Map.copyOf(parts);
    }

    /** Measures from now on. */
    static Meter begin() {
        return new Meter(System.nanoTime(), processorNanos(), Part.processorNanos());
    }

    /** The medians of several rounds. */
    static Cost median(List<Cost> rounds) {
        Map<Part, Double> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, median(rounds, cost -> cost.parts().getOrDefault(part, 0.0)));
        }
        return new Cost(median(rounds, Cost::seconds), median(rounds, Cost::processorSeconds), parts);
    }

    /** Processor seconds without those of the virtual machine itself: compiler and garbage collector. */
    double ownProcessorSeconds() {
        return processorSeconds - parts.getOrDefault(Part.MACHINE, 0.0);
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
    record Meter(long nanos, long processorNanos, Map<Part, Long> parts) {

        Cost end() {
            return end(1);
        }

        /** @param share by which what was measured must be multiplied to be the whole */
        Cost end(double share) {
            double seconds = share * (System.nanoTime() - nanos) / NANOS;
            double processorSeconds = share * (Cost.processorNanos() - processorNanos) / NANOS;
            Map<Part, Double> spent = new EnumMap<>(Part.class);
            double machine = processorSeconds;
            for (Map.Entry<Part, Long> part : Part.processorNanos().entrySet()) {
                double nanos = part.getValue() - parts.getOrDefault(part.getKey(), 0L);
                spent.put(part.getKey(), share * nanos / NANOS);
                machine -= share * nanos / NANOS;
            }
            spent.put(Part.MACHINE, machine);
            return new Cost(seconds, processorSeconds, spent);
        }
    }
}
