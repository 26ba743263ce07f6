package dev.tracerl.benchmarks.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far this process's resident memory rises during an action, in MiB; on Linux. Exact only if freed memory goes back
 * at once, for which {@link MemoryBenchmark} starts a process of its own.
 */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    static double of(Runnable action) {
        try {
            Files.writeString(CLEAR, "5"); // the peak becomes what is resident now
            long before = kibibytes("VmRSS:");
            action.run();
            return (kibibytes("VmHWM:") - before) / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long kibibytes(String key) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
