package dev.tracerl.ops.export;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** {@code tracerl export} in a process of its own, without the compiler's Hadoop on its class path, as it is packaged. */
final class ExportChild {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Process process;
    private final String runId;
    private final Path folder;

    private ExportChild(Process process, String runId, Path folder) {
        this.process = process;
        this.runId = runId;
        this.folder = folder;
    }

    static ExportChild start(ExportStack stack, String runId, Path folder, long rowsPerFile) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath(),
                "dev.tracerl.ops.Main",
                "export",
                "--run=" + runId,
                "--to=" + folder,
                "--rows-per-file=" + rowsPerFile,
                "--bootstrap-servers=" + stack.connection().bootstrapServers(),
                "--registry-url=" + stack.connection().registryUrl(),
                "--data-dir=" + folder.resolveSibling(folder.getFileName() + "-data"));
        Path output = folder.resolveSibling(folder.getFileName() + ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return new ExportChild(process, runId, folder);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("hadoop-common"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Kills it, as SIGKILL does, once it has so many files, or lets it end. True if it was killed. */
    boolean killAtFile(int files) throws InterruptedException {
        Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> !process.isAlive() || files() >= files);
        boolean killed = process.isAlive();
        process.destroyForcibly();
        process.waitFor();
        return killed;
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Token files so far, the one that is being written included. */
    private int files() {
        String[] names =
                folder.resolve("tokens").resolve("run=" + runId).toFile().list();
        return names == null ? 0 : names.length;
    }
}
