package dev.tracerl.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of the test.
 *
 * @param process the process
 * @param output file that takes its standard output
 * @param errors file that takes its standard error
 */
record Command(Process process, Path output, Path errors) {

    static Command start(List<String> command, Map<String, String> environment) {
        try {
            Path output = temporary(".out");
            Path errors = temporary(".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new Command(builder.start(), output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary(String suffix) throws IOException {
        Path file = Files.createTempFile("tracerl", suffix);
        file.toFile().deleteOnExit();
        return file;
    }

    /** Its output; fails if it does not end well within the limit. */
    String await(Duration limit) throws InterruptedException {
        int code = exitCode(limit);
        if (code != 0) {
            throw new AssertionError("exit code " + code + ":\n" + text());
        }
        return read(output);
    }

    /** Its exit code; fails if it does not end within the limit. */
    int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.destroy();
            throw new AssertionError("not done after " + limit + ":\n" + text());
        }
        return process.exitValue();
    }

    /** Waits until its output has a text behind another one. */
    void awaitOutput(String first, String second, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!hasInOrder(read(output), first, second)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("'" + first + "' and then '" + second + "' are missing:\n" + text());
            }
            Thread.sleep(200);
        }
    }

    private static boolean hasInOrder(String text, String first, String second) {
        int found = text.indexOf(first);
        return found >= 0 && text.indexOf(second, found) >= 0;
    }

    String text() {
        return read(output) + read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
