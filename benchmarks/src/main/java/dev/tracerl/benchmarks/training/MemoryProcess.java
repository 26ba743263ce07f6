package dev.tracerl.benchmarks.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs {@link MemoryBenchmark} in a process whose allocator gives memory back at once, so that peaks are exact. */
final class MemoryProcess {
    private MemoryProcess() {}

    /** Peaks in MiB. */
    static Map<String, Double> run(boolean quick) throws IOException, InterruptedException {
        Process process = builder(quick).start();
        Map<String, Double> peaks = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines()
                    .filter(line -> line.startsWith(MemoryBenchmark.MARK))
                    .map(line -> line.split("\t"))
                    .forEach(fields -> peaks.put(fields[1], Double.valueOf(fields[2])));
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("the process that measures memory ended with status " + status);
        }
        return peaks;
    }

    private static ProcessBuilder builder(boolean quick) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryBenchmark.class.getName(),
                Boolean.toString(quick));
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
        builder.environment().put("MALLOC_TRIM_THRESHOLD_", "65536");
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
