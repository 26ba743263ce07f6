package dev.tracerl.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher of the checkout, run as a user runs it, on a data folder of its own. */
final class CommandLine {

    private static final Path HOME = Path.of(System.getProperty("tracerl.home"));

    private final Path dataDir;
    private int calls;

    CommandLine(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** A command in the background. */
    Running start(String... arguments) {
        Path output = dataDir.resolveSibling("output-" + calls++ + ".txt");
        List<String> command = new ArrayList<>(List.of(HOME.resolve("tracerl").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data-dir", dataDir.toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Running(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command's output; fails if it does not end well within the limit. */
    String run(Duration limit, String... arguments) throws InterruptedException {
        return start(arguments).await(limit);
    }

    /** @param output file that takes standard output and error */
    record Running(Process process, Path output) {

        String await(Duration limit) throws InterruptedException {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("not done after " + limit + ":\n" + text());
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("exit code " + process.exitValue() + ":\n" + text());
            }
            return text();
        }

        String text() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
