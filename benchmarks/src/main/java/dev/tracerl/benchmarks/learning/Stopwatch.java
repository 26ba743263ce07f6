package dev.tracerl.benchmarks.learning;

/** Wall-clock time since it was made or last asked for a lap. */
final class Stopwatch {
    private long start = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    double lap() {
        double seconds = seconds();
        start = System.nanoTime();
        return seconds;
    }
}
