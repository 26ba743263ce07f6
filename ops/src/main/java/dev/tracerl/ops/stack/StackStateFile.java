package dev.tracerl.ops.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Reads and writes {@link StackState}; readers never see half a file. */
final class StackStateFile {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private StackStateFile() {}

    static Optional<StackState> read(DataDir dir) {
        if (!Files.exists(dir.state())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(dir.state().toFile(), StackState.class));
        } catch (IOException e) {
            throw new StackException(dir.state() + " cannot be read: " + e.getMessage(), e);
        }
    }

    static void write(DataDir dir, StackState state) {
        Path temporary = dir.root().resolve("stack.json.tmp");
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(temporary.toFile(), state);
            Files.move(temporary, dir.state(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
