package dev.tracerl.verifiers.math.symbolic;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One worker process and its two pipes. Not thread-safe. */
final class WorkerProcess implements AutoCloseable {

    private static final String ENDED = "";
    private static final long START_SECONDS = 30;
    private static final long SLICE_MILLIS = 20;
    private static final long CLOCK_FACTOR = 12;

    private final Process process;
    private final Writer requests;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private WorkerProcess(Process process) {
        this.process = process;
        this.requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        Thread reader = new Thread(this::read, "symja-answers");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process and waits until it is ready.
     *
     * @throws IOException if it cannot be started
     */
    static WorkerProcess start() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-Xmx384m",
                        "-Xss4m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        SymjaMain.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        WorkerProcess worker = new WorkerProcess(process);
        Optional<String> first = worker.answer(TimeUnit.SECONDS.toMillis(START_SECONDS));
        if (first.filter(SymjaMain.READY::equals).isEmpty()) {
            worker.close();
            throw new IOException("the process for symbolic mathematics did not start: is Symja on the class path?");
        }
        return worker;
    }

    void send(String line) throws IOException {
        requests.write(line + "\n");
        requests.flush();
    }

    /**
     * The next line; empty if the process took too much or ended. Its processor time counts, so that a busy host changes
     * nothing; the clock (some times as much) only where it does not run at all.
     */
    Optional<String> answer(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOCK_FACTOR * millis);
        long most = cpuMillis() + millis;
        @Nullable String line = null;
        while (line == null && cpuMillis() < most && System.nanoTime() < end) {
            line = answers.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return Optional.ofNullable(line).filter(found -> !found.equals(ENDED));
    }

    private long cpuMillis() {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            process.destroyForcibly(); // the pipe broke: whoever waits sees the end
        }
        answers.add(ENDED);
    }

    /** This process's class path, and the jars beside this class's, which a launcher may have loaded on its own. */
    private static String classPath() {
        String own = System.getProperty("java.class.path");
        CodeSource source = WorkerProcess.class.getProtectionDomain().getCodeSource();
        if (source == null
                || source.getLocation() == null
                || !source.getLocation().getProtocol().equals("file")) {
            return own;
        }
        Path location = Path.of(URI.create(source.getLocation().toString()));
        return Files.isRegularFile(location) ? own + File.pathSeparator + location.resolveSibling("*") : own;
    }
}
