package dev.tracerl.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The run that closes the loop in a few minutes. */
final class ShortRun {

    static final String ID = "short";
    static final int STEPS = 8;
    static final Duration LIMIT = Duration.ofMinutes(15);

    private ShortRun() {}

    /** Starts it from the image of ops. */
    static Command start(ContainerStack stack, Path folder) {
        Path file = folder.resolve("short.yaml");
        try (InputStream definition = ShortRun.class.getResourceAsStream("short.yaml")) {
            Files.write(file, definition.readAllBytes());
            file.toFile().setReadable(true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stack.run(List.of("-v", file + ":/runs/short.yaml:ro", "ops"), "run", "/runs/short.yaml");
    }
}
