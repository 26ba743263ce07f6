package dev.tracerl.ops.experiment;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;

/**
 * Mean and range of a number over seeds.
 *
 * @param deviation sample standard deviation; 0 for one value
 */
record Spread(double mean, double deviation, double low, double high) {

    /** @throws IllegalArgumentException without values */
    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        DoubleSummaryStatistics summary =
                values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        double mean = summary.getAverage();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
        return new Spread(mean, deviation, summary.getMin(), summary.getMax());
    }
}
