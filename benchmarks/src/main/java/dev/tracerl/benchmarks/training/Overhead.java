package dev.tracerl.benchmarks.training;

import dev.tracerl.benchmarks.kernels.SudokuBatch;
import dev.tracerl.model.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Time of whole operations divided by the time in the program's methods, which are what bare calls with prepared tensors
 * would take: what lies between is Java, packing and copies of tensors.
 */
final class Overhead {
    private static final int REPETITIONS = 7;
    private final Network network;

    Overhead(Network network) {
        this.network = network;
    }

    Map<String, Double> factors() {
        Map<String, Double> factors = new LinkedHashMap<>();
        try (SudokuBatch batch = new SudokuBatch(network)) {
            factors.put("training step, 512 short examples", factor(() -> {}, batch::train));
            factors.put("first block of 512 responses, prefill included", factor(batch::fill, batch::advance));
            factors.put("later blocks of 512 responses", factor(batch::fillAndAdvance, batch::finish));
        }
        return factors;
    }

    private double factor(Runnable prepare, Runnable operation) {
        double[] factors = new double[REPETITIONS];
        for (int i = -1; i < REPETITIONS; i++) {
            prepare.run();
            long inCalls = network.program().nanosInCalls();
            long start = System.nanoTime();
            operation.run();
            long all = System.nanoTime() - start;
            if (i >= 0) {
                factors[i] = (double) all / (network.program().nanosInCalls() - inCalls);
            }
        }
        return Comparison.median(factors);
    }
}
